/**
 * Owns the port RequestStore as steps from one world to the next. It does what test/support/approvals/
 * memory-request-store.ts does (a test holds both to it), but leaves the old world as it was, so that a search can go back.
 */
import type { AuditRow } from '../../../../lambdas/approvals/domain/audit-chain';
import { type Link, MOST_ATTEMPTS } from '../../../../lambdas/approvals/domain/link';
import type { ApprovalRequest } from '../../../../lambdas/approvals/domain/request';
import { dueOf, type RequestWrite } from '../../../../lambdas/approvals/domain/request-store';
import type { World } from './state';

/** A world after a call, and what the call is answered. */
export interface StepResult {
  readonly world: World;
  readonly value?: unknown;
}

/** A step that a call of a port makes. */
export type Step = (world: World, ...args: any[]) => StepResult;

const audits = new WeakMap<readonly AuditRow[], Map<readonly AuditRow[], readonly AuditRow[]>>();

/** Rows one after another; the same list for the same two. */
function joined(rows: readonly AuditRow[], more: readonly AuditRow[]): readonly AuditRow[] {
  const known = audits.get(rows) ?? new Map();
  audits.set(rows, known);
  const list = known.get(more) ?? [...rows, ...more];
  known.set(more, list);
  return list;
}

function withLink(world: World, link: Link): World {
  return { ...world, links: { ...world.links, [link.hash]: link } };
}

/** Each call of the port, as one atomic step. */
export const STORE_STEPS: Readonly<Record<string, Step>> = {
  find: (world, requestId: string) => ({
    world,
    value: world.request?.requestId === requestId ? world.request : undefined,
  }),

  save(world, { before, after, auditRows, link }: RequestWrite) {
    const isStale = world.request?.version !== before?.version;
    const isWritten = auditRows.some(({ seq }) => world.auditRows.some((row) => row.seq === seq));
    const linkRow = link && world.links[link.hash];
    if (isStale || isWritten || (link && !linkRow)) return { world, value: 'conflict' };
    const written: World = {
      ...world,
      request: after as ApprovalRequest,
      auditRows: joined(world.auditRows, auditRows),
      isStreamed: world.isStreamed || after.effects.length > 0,
    };
    if (!link || !linkRow) return { world: written, value: 'saved' };
    const changed = link.change === 'reset' ? { ...linkRow, attempts: 0 } : { ...linkRow, isClosed: true };
    return { world: withLink(written, changed), value: 'saved' };
  },

  findLink: (world, hash: string) => ({ world, value: world.links[hash] }),

  putLink: (world, link: Omit<Link, 'attempts' | 'isClosed'>) =>
    world.links[link.hash] ? { world } : { world: withLink(world, { ...link, attempts: 0, isClosed: false }) },

  reserveAttempt(world, hash: string, now: number) {
    const link = world.links[hash];
    if (!link) throw new Error('There is no such link.');
    if (link.isClosed || link.attempts >= MOST_ATTEMPTS) return { world, value: { kind: 'exhausted', link } };
    const attempts = link.attempts + 1;
    const value = { kind: 'reserved', attempts };
    return { world: withLink(world, { ...link, attempts, lastAttemptAt: now }), value };
  },

  giveBackAttempt(world, hash: string) {
    const link = world.links[hash];
    if (!link || link.attempts === 0) return { world };
    return { world: withLink(world, { ...link, attempts: link.attempts - 1 }) };
  },

  due(world, { queue, before }: { queue: string; before: number }) {
    const due = world.request && dueOf(world.request);
    const isDue = due?.queue === queue && due.at < before;
    return { world, value: { requestIds: isDue ? [world.request!.requestId] : [] } };
  },
};
