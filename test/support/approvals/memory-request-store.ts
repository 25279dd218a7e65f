/**
 * Owns requests, links and audit rows in memory, as the port RequestStore wants them: each call reads and writes in one
 * synchronous step, so that a test may let anything happen between two calls and nothing within one. What goes in and
 * comes out is copied, as through a table.
 */
import type { AuditRow } from '../../../lambdas/approvals/domain/audit-chain';
import { InvalidCursor } from '../../../lambdas/approvals/domain/invalid-cursor';
import { type Link, MOST_ATTEMPTS } from '../../../lambdas/approvals/domain/link';
import type { ApprovalRequest } from '../../../lambdas/approvals/domain/request';
import { dueOf, type RequestStore } from '../../../lambdas/approvals/domain/request-store';

/** A store whose rows a test may look at and tamper with. */
export interface MemoryRequestStore extends RequestStore {
  readonly requests: Map<string, ApprovalRequest>;
  readonly links: Map<string, Link>;
  /** All audit rows of a request, by `seq`. */
  auditRows(requestId: string): AuditRow[];
  /** Runs before each call of the port; what it throws fails the call, before anything is written. */
  beforeCall?: (call: keyof RequestStore) => Promise<void> | void;
  /** Runs after each call of the port: what it throws is an answer that was lost. */
  afterCall?: (call: keyof RequestStore) => Promise<void> | void;
}

const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

/** An empty store. */
export function createMemoryRequestStore(): MemoryRequestStore {
  const requests = new Map<string, ApprovalRequest>();
  const links = new Map<string, Link>();
  const audit = new Map<string, AuditRow>();

  async function step<T>(call: keyof RequestStore, run: () => T): Promise<T> {
    await store.beforeCall?.(call);
    const answer = copy(run());
    await store.afterCall?.(call);
    return answer;
  }

  const store: MemoryRequestStore = {
    requests,
    links,
    auditRows: (requestId) =>
      [...audit.values()].filter((row) => row.requestId === requestId).sort((one, other) => one.seq - other.seq),

    find: (requestId) => step('find', () => requests.get(requestId)),

    save: ({ before, after, auditRows, link }) =>
      step('save', () => {
        const isStale = requests.get(after.requestId)?.version !== before?.version;
        const isWritten = auditRows.some(({ requestId, seq }) => audit.has(`${requestId}#${seq}`));
        const linkRow = link && links.get(link.hash);
        if (isStale || isWritten || (link && !linkRow)) return 'conflict';
        requests.set(after.requestId, copy(after));
        for (const row of auditRows) audit.set(`${row.requestId}#${row.seq}`, copy(row));
        if (link && linkRow) {
          links.set(link.hash, link.change === 'reset' ? { ...linkRow, attempts: 0 } : { ...linkRow, isClosed: true });
        }
        return 'saved';
      }),

    findLink: (hash) => step('findLink', () => links.get(hash)),

    putLink: (link) =>
      step('putLink', () => {
        if (!links.has(link.hash)) links.set(link.hash, { ...copy(link), attempts: 0, isClosed: false });
      }),

    reserveAttempt: (hash, now) =>
      step('reserveAttempt', () => {
        const link = links.get(hash);
        if (!link) throw new Error('There is no such link.');
        if (link.isClosed || link.attempts >= MOST_ATTEMPTS) return { kind: 'exhausted', link };
        const attempts = link.attempts + 1;
        links.set(hash, { ...link, attempts, lastAttemptAt: now });
        return { kind: 'reserved', attempts };
      }),

    giveBackAttempt: (hash) =>
      step('giveBackAttempt', () => {
        const link = links.get(hash);
        if (link && link.attempts > 0) links.set(hash, { ...link, attempts: link.attempts - 1 });
      }),

    list: ({ status, limit, cursor }) =>
      step('list', () => {
        const found = [...requests.values()]
          .filter((request) => request.status === status)
          .sort((one, other) => other.openedAt - one.openedAt);
        return { requests: found.slice(startOf(cursor)).slice(0, limit), cursor: nextOf(cursor, limit, found.length) };
      }),

    due: ({ queue, before, limit, cursor }) =>
      step('due', () => {
        const found = [...requests.values()]
          .map((request) => ({ requestId: request.requestId, due: dueOf(request) }))
          .filter(({ due }) => due?.queue === queue && due.at < before)
          .sort((one, other) => one.due!.at - other.due!.at)
          .map(({ requestId }) => requestId);
        return {
          requestIds: found.slice(startOf(cursor)).slice(0, limit),
          cursor: nextOf(cursor, limit, found.length),
        };
      }),
  };
  return store;
}

function startOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d+$/.test(cursor)) throw new InvalidCursor('The cursor comes from no page of this list.');
  return Number(cursor);
}

function nextOf(cursor: string | undefined, limit: number, found: number): string | undefined {
  const next = startOf(cursor) + limit;
  return next < found ? String(next) : undefined;
}
