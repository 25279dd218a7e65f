import type { Change } from '../change';
import type { ApprovalRequest } from '../request';
import { hasAnswered, holdsSeat, waitedFor } from '../seats';
import { askPeople } from './ask-people';

/** Whether there is still somebody to escalate to. */
export function canEscalate(request: ApprovalRequest): boolean {
  return request.status === 'pending' && request.escalatedAt === undefined && newContacts(request).length > 0;
}

/** Makes the contacts who are not asked yet holders of every open seat, and mails them. */
export function escalate(request: ApprovalRequest, why: 'unanswered' | 'undeliverable', now: number): Change {
  const contacts = newContacts(request);
  const seats = request.seats.map((seat) =>
    seat.answer === undefined ? { ...seat, holders: [...seat.holders, ...contacts] } : seat,
  );
  const escalated = { ...request, seats, escalatedAt: now };
  const waiting = new Set(waitedFor(escalated));
  const change = askPeople(
    escalated,
    contacts.filter((contact) => waiting.has(contact)),
    'escalation',
  );
  if (contacts.length === 0) return change;
  return { ...change, acts: [{ act: 'Escalated', actor: 'clock', details: { why, to: contacts.join(' ') } }] };
}

/**
 * Who holds a seat keeps to that one: nobody fills two, so that whoever answered for another's seat would leave their
 * own to nobody.
 */
function newContacts(request: ApprovalRequest): readonly string[] {
  const contacts = request.escalation?.to ?? [];
  return contacts.filter((contact) => !holdsSeat(request, contact) && !hasAnswered(request, contact));
}
