import { mailAddressOf } from '../../contracts/fields';
import { type Change, followedBy } from '../change';
import type { FieldFault } from '../field-fault';
import type { ApprovalRequest } from '../request';
import { hasAnswered, holdsSeat, openSeats, waitedFor, withHolderReplaced } from '../seats';
import { askPeople, withLinkReplaced } from './ask-people';

/** What becomes of handing a seat on. */
export type HandOnResult =
  | { readonly kind: 'taken'; readonly change: Change }
  | { readonly kind: 'refused' }
  | { readonly kind: 'invalid'; readonly faults: readonly FieldFault[] };

/** The most persons that one request ever knows, so that its row stays small however often it is handed on. */
const MOST_PERSONS = 60;

/**
 * A person who is waited for hands everything they hold to a colleague: somebody with an address of the same domain
 * who is not the requester, holds no seat and has not answered.
 */
export function delegate(request: ApprovalRequest, person: string, typedTo: string): HandOnResult {
  if (!waitedFor(request).includes(person)) return { kind: 'refused' };
  const to = mailAddressOf(typedTo);
  if (to === undefined) return invalid('must be a mail address, such as anna@example.com');
  if (domainOf(to) !== domainOf(person)) return invalid(`must be an address at ${domainOf(person)}`);
  const fault = objectionTo(request, to);
  if (fault !== undefined) return invalid(fault);
  return { kind: 'taken', change: handedOn(request, person, to, { act: 'Delegated', actor: person }) };
}

/** An operator gives a person's open seats to somebody else, of whatever domain. */
export function reassign(request: ApprovalRequest, operator: string, from: string, to: string): HandOnResult {
  const isHolder = openSeats(request).some(({ holders }) => holders.includes(from));
  if (request.status !== 'pending') return { kind: 'refused' };
  if (!isHolder || hasAnswered(request, from)) {
    return {
      kind: 'invalid',
      faults: [{ field: 'from', detail: 'must be a person who holds a seat without an answer' }],
    };
  }
  const fault = objectionTo(request, to);
  if (fault !== undefined) return invalid(fault);
  return { kind: 'taken', change: handedOn(request, from, to, { act: 'Reassigned', actor: operator }) };
}

function objectionTo(request: ApprovalRequest, to: string): string | undefined {
  if (to === request.requester.email) return 'must not be the person who asks';
  if (hasAnswered(request, to)) return 'must be a person who has not answered yet';
  if (holdsSeat(request, to)) return 'must be a person who is not asked already';
  const isKnown = request.generations[to] !== undefined;
  if (!isKnown && Object.keys(request.generations).length >= MOST_PERSONS) {
    return `must be a person who was asked before: a request knows ${MOST_PERSONS} at most`;
  }
  return undefined;
}

function handedOn(
  request: ApprovalRequest,
  from: string,
  to: string,
  { act, actor }: { act: 'Delegated' | 'Reassigned'; actor: string },
): Change {
  const replaced = withLinkReplaced({ ...request, seats: withHolderReplaced(request.seats, from, to) }, from);
  const change: Change = { request: replaced, acts: [{ act, actor, details: { from, to } }], effects: [] };
  // Who is not yet asked in a sequence is mailed when the turn comes.
  return followedBy(change, (next) => (waitedFor(next).includes(to) ? askPeople(next, [to], 'delegated') : undefined));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function invalid(detail: string): HandOnResult {
  return { kind: 'invalid', faults: [{ field: 'to', detail }] };
}
