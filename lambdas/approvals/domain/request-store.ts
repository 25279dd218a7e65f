import type { AuditRow } from './audit-chain';
import type { Link } from './link';
import type { ApprovalRequest, RequestStatus } from './request';

/** One write of a request. */
export interface RequestWrite {
  /** What was read; undefined when the request is opened. */
  readonly before?: ApprovalRequest;
  /** `before` one version on. */
  readonly after: ApprovalRequest;
  readonly auditRows: readonly AuditRow[];
  /** Written with it: the attempts on a link are forgotten, or the link is closed. */
  readonly link?: { readonly hash: string; readonly change: 'reset' | 'close' };
}

/** What became of asking for an attempt on a link. */
export type AttemptReservation =
  /** `attempts` counts this one. */
  | { readonly kind: 'reserved'; readonly attempts: number }
  /** The link is closed, or as many attempts as it has are used up or under way. */
  | { readonly kind: 'exhausted'; readonly link: Link }
  /** Others write to the link at this moment: nothing was reserved. */
  | { readonly kind: 'contended' };

/** A page of a list. */
export interface RequestPage {
  readonly requests: readonly ApprovalRequest[];
  /** Gives the next page; absent on the last one. Opaque. */
  readonly cursor?: string;
}

/** What a row waits for: somebody to carry its effects out, or the next moment at which something is due. */
export type DueQueue = 'effects' | 'waiting';

/**
 * The port to the two tables. Each call is one atomic step: it takes effect as a whole or not at all, at one moment
 * between its call and its answer, and a call that is made after an answer sees what that answer told. The two lists
 * (`list`, `due`) may lag behind; what they give is to be found again. A call that rejects may have taken effect.
 */
export interface RequestStore {
  /** The request as it is now. */
  find(requestId: string): Promise<ApprovalRequest | undefined>;
  /**
   * Writes the request, its audit rows and the change of a link, all or none. `conflict`, and nothing is written, when
   * the request no longer has the version that was read (or is there already, when it is opened).
   */
  save(write: RequestWrite): Promise<'saved' | 'conflict'>;
  /** The link as it is now, by its hash. */
  findLink(hash: string): Promise<Link | undefined>;
  /** Writes a link with no attempts; one that is there stays as it is. `expiresAt`: when its request expires. */
  putLink(link: Omit<Link, 'attempts' | 'lastAttemptAt' | 'isClosed'>, expiresAt: number): Promise<void>;
  /** Counts an attempt before its code is compared, unless the link is closed or has none left. */
  reserveAttempt(hash: string, now: number): Promise<AttemptReservation>;
  /** Takes one attempt back, if there is one. */
  giveBackAttempt(hash: string): Promise<void>;
  /** Requests of one status, the latest first. Throws InvalidCursor. */
  list(query: { status: RequestStatus; limit: number; cursor?: string }): Promise<RequestPage>;
  /** Ids of the requests in one queue that have been due since before `before`, the oldest first. */
  due(query: { queue: DueQueue; before: number; limit: number; cursor?: string }): Promise<DuePage>;
}

/** A page of what is due. */
export interface DuePage {
  readonly requestIds: readonly string[];
  readonly cursor?: string;
}

/** Where a request stands in the queues of what is due; undefined when nothing is. */
export function dueOf(request: ApprovalRequest): { queue: DueQueue; at: number } | undefined {
  if (request.effectsSince !== undefined) return { queue: 'effects', at: request.effectsSince };
  return request.status === 'pending' ? { queue: 'waiting', at: nextMomentOf(request) } : undefined;
}

/** When a pending request is next to be woken: reminder, escalation or expiry. */
export function nextMomentOf({ remindAt, escalation, escalatedAt, expiresAt }: ApprovalRequest): number {
  const escalateAt = escalatedAt === undefined ? escalation?.at : undefined;
  return Math.min(expiresAt, remindAt[0] ?? expiresAt, escalateAt ?? expiresAt);
}
