import { contentHash } from '../../../shared/content-hash';
import { type Change, followedBy, recorded } from '../change';
import { applyEdits } from '../edits';
import { type FieldFault, reasonFaults } from '../field-fault';
import type { Answer, ApprovalRequest, Seat } from '../request';
import { verdictOf } from '../rule';
import { activeSeats, waitedFor } from '../seats';
import { askPeople } from './ask-people';
import { decide } from './decide';

/** A person's answer to a pending request. */
export interface AnswerCommand {
  readonly person: string;
  readonly decision: 'approve' | 'reject';
  /** The hash that the person's page showed. */
  readonly payloadHash: string;
  readonly edits?: Readonly<Record<string, string>>;
  readonly reason?: string;
}

/** What becomes of an answer; `change` of a refused payload only records the refusal. */
export type AnswerResult =
  | { readonly kind: 'taken'; readonly change: Change }
  | { readonly kind: 'refused' }
  | { readonly kind: 'payload-changed'; readonly change: Change }
  | { readonly kind: 'invalid'; readonly faults: readonly FieldFault[] };

/**
 * Takes an answer into the first seat that the person may fill now. To be approved, the payload must be what the
 * person saw and what its stored hash says; a rejection only needs to be of what the person saw.
 */
export function answer(request: ApprovalRequest, command: AnswerCommand, now: number): AnswerResult {
  const { person, decision } = command;
  const seat = waitedFor(request).includes(person)
    ? activeSeats(request).find(({ holders }) => holders.includes(person))
    : undefined;
  if (!seat) return { kind: 'refused' };
  const objection = objectionTo(request, command);
  if (objection) {
    const act = { act: 'DecisionRefused', actor: person, details: { decision, why: objection } } as const;
    return { kind: 'payload-changed', change: recorded(request, act) };
  }
  const reason = command.reason?.trim() || undefined;
  const faults = reasonFaults(reason, decision === 'reject');
  const edits = decision === 'approve' && request.rule.kind === 'anyOf' ? (command.edits ?? {}) : {};
  const result = applyEdits(request.payload, request.editable, edits);
  if (result.kind === 'faults') return { kind: 'invalid', faults: [...faults, ...result.faults] };
  if (faults.length > 0) return { kind: 'invalid', faults };

  const edited = result.isEdited ? { payload: result.payload, payloadHash: contentHash(result.payload) } : undefined;
  const given: Answer = {
    person,
    decision,
    reason,
    at: now,
    payloadHash: edited?.payloadHash ?? request.payloadHash,
  };
  return { kind: 'taken', change: withAnswer(request, seat, given, edited) };
}

/** Why the payload is not the one to answer for; the stored one is trusted for a rejection. */
function objectionTo(request: ApprovalRequest, { decision, payloadHash }: AnswerCommand): string | undefined {
  if (payloadHash !== request.payloadHash) return 'another payload was shown';
  if (decision === 'approve' && contentHash(request.payload) !== request.payloadHash) {
    return 'the stored payload does not match its hash';
  }
  return undefined;
}

function withAnswer(
  request: ApprovalRequest,
  filled: Seat,
  given: Answer,
  edited: { payload: ApprovalRequest['payload']; payloadHash: string } | undefined,
): Change {
  const { person, decision, reason, at } = given;
  const seats = request.seats.map((seat) => (seat === filled ? { ...seat, answer: given } : seat));
  const answered: Change = {
    request: { ...request, seats },
    acts: [
      {
        act: decision === 'approve' ? 'Approved' : 'Rejected',
        actor: person,
        details: {
          payloadHash: given.payloadHash,
          isEdited: edited !== undefined,
          ...(reason === undefined ? {} : { reason }),
        },
      },
    ],
    effects: [],
  };
  const status = verdictOf(request.rule, seats);
  if (status) return followedBy(answered, (next) => decide(next, { status, by: person, at, reason, edited }));
  if (request.rule.kind !== 'inSequence') return answered;
  return followedBy(answered, (next) => askPeople(next, waitedFor(next), 'ask'));
}
