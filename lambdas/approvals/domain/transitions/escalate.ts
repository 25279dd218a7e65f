import type { Change } from '../change';
import type { ApprovalRequest } from '../request';
import { hasAnswered, holdsSeat, waitedFor } from '../seats';
import { askPeople } from './ask-people';

/** Whether there is still somebody to escalate to. */
export function canEscalate({ status, escalation, escalatedAt }: ApprovalRequest): boolean {
  return status === 'pending' && escalatedAt === undefined && (escalation?.to.length ?? 0) > 0;
}

/** Makes the escalation contacts holders of every open seat, and mails those who had none. */
export function escalate(request: ApprovalRequest, why: 'unanswered' | 'undeliverable', now: number): Change {
  const contacts = request.escalation?.to ?? [];
  const seats = request.seats.map((seat) =>
    seat.answer === undefined ? { ...seat, holders: [...new Set([...seat.holders, ...contacts])] } : seat,
  );
  const escalated = { ...request, seats, escalatedAt: now };
  const added = contacts.filter((contact) => !holdsSeat(request, contact) && !hasAnswered(request, contact));
  const waiting = new Set(waitedFor(escalated));
  const change = askPeople(
    escalated,
    added.filter((contact) => waiting.has(contact)),
    'escalation',
  );
  return { ...change, acts: [{ act: 'Escalated', actor: 'clock', details: { why, to: contacts.join(' ') } }] };
}
