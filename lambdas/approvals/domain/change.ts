import type { Act } from './act';
import { type AuditRow, extendChain } from './audit-chain';
import type { Effect } from './effect';
import type { ApprovalRequest } from './request';

type WithoutId<E> = E extends { readonly id: string } ? Omit<E, 'id'> : never;

/** An effect that a change causes. */
export type DueEffect = WithoutId<Effect>;

/** What a transition makes of a request: its new state, what is recorded, and what is then to be done outside. */
export interface Change {
  readonly request: ApprovalRequest;
  readonly acts: readonly Act[];
  readonly effects: readonly DueEffect[];
}

/** A change that only records. */
export function recorded(request: ApprovalRequest, ...acts: Act[]): Change {
  return { request, acts, effects: [] };
}

/** One change after another, as one. */
export function followedBy(first: Change, next: (request: ApprovalRequest) => Change | undefined): Change {
  const second = next(first.request);
  if (!second) return first;
  return {
    request: second.request,
    acts: [...first.acts, ...second.acts],
    effects: [...first.effects, ...second.effects],
  };
}

/** A change as it is written: the row, one version on, and its audit rows. */
export interface SealedChange {
  readonly after: ApprovalRequest;
  readonly auditRows: readonly AuditRow[];
}

/**
 * Makes a change ready to be written. An effect takes the place of the one in its slot that is still due (the same
 * mail to the same person; the callback; the wake), under a new id: who carries the old one out meanwhile cannot tick
 * the new one off.
 */
export function sealChange({ request, acts, effects }: Change, now: number): SealedChange {
  const version = request.version + 1;
  const bySlot = new Map<string, Effect>(request.effects.map((effect) => [slotOf(effect), effect]));
  effects.forEach((effect, index) => {
    const slot = slotOf(effect);
    bySlot.delete(slot);
    bySlot.set(slot, { ...effect, id: `${version}.${index}` });
  });
  const due = [...bySlot.values()];
  const { rows, end } = extendChain(request.requestId, request.audit, acts, {
    atMs: now,
    payloadHash: request.decision?.payloadHash ?? request.payloadHash,
  });
  const after: ApprovalRequest = {
    ...request,
    version,
    effects: due,
    effectsSince: due.length > 0 ? (request.effectsSince ?? now) : undefined,
    audit: end,
  };
  return { after, auditRows: rows };
}

function slotOf(effect: DueEffect): string {
  return effect.kind === 'mail' ? `mail ${effect.mail} ${effect.to}` : effect.kind;
}
