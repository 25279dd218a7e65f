import { type Change, followedBy } from '../change';
import type { ApprovalRequest } from '../request';
import { nextMomentOf } from '../request-store';
import { escalate } from './escalate';
import { expire, isOverdue } from './expire';
import { remind } from './remind';

/**
 * Does what is due: expiry; else all reminders that have come due as one, and the escalation; then sets the next
 * wake. Undefined when nothing is due.
 */
export function wake(request: ApprovalRequest, now: number): Change | undefined {
  if (request.status !== 'pending' || nextMomentOf(request) > now) return undefined;
  if (isOverdue(request, now)) return expire(request);
  const isEscalationDue =
    request.escalatedAt === undefined && (request.escalation?.at ?? Number.POSITIVE_INFINITY) <= now;
  const isReminderDue = (request.remindAt[0] ?? Number.POSITIVE_INFINITY) <= now;
  const awake: Change = {
    request: { ...request, remindAt: request.remindAt.filter((at) => at > now) },
    acts: [],
    effects: [],
  };
  const reminded = followedBy(awake, (next) => (isReminderDue ? remind(next, 'clock') : undefined));
  const escalated = followedBy(reminded, (next) => (isEscalationDue ? escalate(next, 'unanswered', now) : undefined));
  return { ...escalated, effects: [...escalated.effects, { kind: 'wake', at: nextMomentOf(escalated.request) }] };
}
