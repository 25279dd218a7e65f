import type { EditableFields } from './editable';
import type { Effect } from './effect';

/** Where a request stands; every status but `pending` is final. */
export type RequestStatus = 'pending' | 'approved' | 'rejected' | 'expired' | 'revoked';

/**
 * Whose answers make the decision.
 * - `anyOf`: one seat that every approver holds; the first answer decides.
 * - `kOf`: one seat per approver; `needed` approvals approve, and once they can no longer be reached it is rejected.
 * - `inSequence`: one seat per approver, asked one after another; all must approve, the first rejection rejects.
 */
export type Rule =
  | { readonly kind: 'anyOf' }
  | { readonly kind: 'kOf'; readonly needed: number }
  | { readonly kind: 'inSequence' };

/** What one person said. */
export interface Answer {
  readonly person: string;
  readonly decision: 'approve' | 'reject';
  readonly reason?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Hash of the payload that the person saw, or made by editing it. */
  readonly payloadHash: string;
}

/** One answer that the rule counts. Whoever holds the seat may give it; nobody fills two seats of a request. */
export interface Seat {
  /** Mail addresses in lower case. Delegation and reassignment replace a holder, escalation adds some. */
  readonly holders: readonly string[];
  readonly answer?: Answer;
}

/** How a request ended. */
export interface Decision {
  readonly status: Exclude<RequestStatus, 'pending'>;
  /** The person who decided, an operator's ARN, or `expiry`. */
  readonly by: string;
  readonly at: number;
  readonly reason?: string;
  /** What runs: the payload that was approved, as edited. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly payloadHash: string;
  readonly isEdited: boolean;
}

/** Who asks. Without an address nobody is told of the outcome, and only operators can revoke. */
export interface Requester {
  readonly name: string;
  readonly email?: string;
}

/** An approval that was asked for, as one row of the approvals table. */
export interface ApprovalRequest {
  /** 27 characters, made from the asker's `requestKey`. */
  readonly requestId: string;
  readonly status: RequestStatus;
  readonly title: string;
  readonly description?: string;
  readonly requester: Requester;
  readonly payload: Readonly<Record<string, unknown>>;
  /** SHA-256 in base64url of the canonical payload. */
  readonly payloadHash: string;
  readonly editable: EditableFields;
  readonly rule: Rule;
  readonly seats: readonly Seat[];
  /**
   * The number of the current link of each person who was asked, and of the requester. A link with a lower number is
   * dead. Numbers are only raised, never taken away, so that no dead link comes to life again.
   */
  readonly generations: Readonly<Record<string, number>>;
  /** Milliseconds since the epoch, as are all times here. */
  readonly openedAt: number;
  /** The first moment at which no answer is taken any more. */
  readonly expiresAt: number;
  /** Moments at which those who have not answered are reminded, ascending; those that have passed are gone. */
  readonly remindAt: readonly number[];
  readonly escalation?: { readonly at: number; readonly to: readonly string[] };
  /** When the escalation contacts became holders. */
  readonly escalatedAt?: number;
  /** Persons whose current link was closed by wrong codes. */
  readonly closedLinks: readonly string[];
  /** Persons whose mail bounced, was complained of or was refused. */
  readonly undeliverable: readonly string[];
  /** When the first mail was accepted that asks somebody for an answer. */
  readonly mailTakenAt?: number;
  /** When first somebody who was waited for got no mail and there was nobody to escalate to. */
  readonly strandedAt?: number;
  /** Hashes of the reports that an action was refused, so that one that is delivered again is not recorded again. */
  readonly refusedActions: readonly string[];
  readonly decision?: Decision;
  /** The task token, encrypted; `attempt` is the retry of the asking state that it came from. */
  readonly token: { readonly ciphertext: string; readonly attempt: number };
  /** Whether the workflow has been told. `gone`: its task no longer waits. */
  readonly callback: 'none' | 'due' | 'delivered' | 'gone';
  /** What is still to be done outside the table, written together with what caused it. */
  readonly effects: readonly Effect[];
  /** Since when effects are due; absent when there are none. */
  readonly effectsSince?: number;
  readonly audit: { readonly count: number; readonly head: string };
  /** Grows by one with every write; each write holds only for the version that it read. */
  readonly version: number;
  readonly correlationId?: string;
  /** The ARN of the execution that asked, where its request key names one. */
  readonly askedBy?: string;
}
