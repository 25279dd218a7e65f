import { type Change, followedBy } from '../change';
import type { ApprovalRequest } from '../request';
import { nextMomentOf } from '../request-store';
import { openSeats } from '../seats';
import { canEscalate, escalate } from './escalate';

/** Why a mail does not reach its person. */
export type UndeliverableReason = 'bounce' | 'complaint' | 'refused';

/**
 * A person's mail does not arrive. When their answer is wanted, escalates at once; `isStranded` in the act's details
 * says that there is nobody to escalate to. Undefined when it was known, or the person is not.
 */
export function undeliverable(
  request: ApprovalRequest,
  person: string,
  why: UndeliverableReason,
  now: number,
): Change | undefined {
  if (request.generations[person] === undefined || request.undeliverable.includes(person)) return undefined;
  const isWanted = request.status === 'pending' && openSeats(request).some(({ holders }) => holders.includes(person));
  const isEscalated = isWanted && canEscalate(request);
  const isStranded = isWanted && !isEscalated;
  const noted: Change = {
    request: {
      ...request,
      undeliverable: [...request.undeliverable, person],
      strandedAt: request.strandedAt ?? (isStranded ? now : undefined),
    },
    acts: [{ act: 'MailUndeliverable', actor: 'mail', details: { person, why, isStranded } }],
    effects: [],
  };
  return followedBy(noted, (next) => (isEscalated ? escalateEarly(next, now) : undefined));
}

/** The schedule of the escalation will find nothing to do, so that what comes after it needs a schedule of its own. */
function escalateEarly(request: ApprovalRequest, now: number): Change {
  const change = escalate(request, 'undeliverable', now);
  return { ...change, effects: [...change.effects, { kind: 'wake', at: nextMomentOf(change.request) }] };
}
