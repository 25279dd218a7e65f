import type { ApprovalRequest, Seat } from './request';

/** The seats that may be filled now: all open ones, in a sequence only the first of them. */
export function activeSeats({ status, rule, seats }: ApprovalRequest): Seat[] {
  if (status !== 'pending') return [];
  const open = openSeats({ seats });
  return rule.kind === 'inSequence' ? open.slice(0, 1) : open;
}

/** The seats that have no answer. */
export function openSeats({ seats }: Pick<ApprovalRequest, 'seats'>): Seat[] {
  return seats.filter(({ answer }) => answer === undefined);
}

/** Whether a person has given an answer. */
export function hasAnswered({ seats }: ApprovalRequest, person: string): boolean {
  return seats.some(({ answer }) => answer?.person === person);
}

/** Whether a person holds a seat, filled or not. */
export function holdsSeat({ seats }: ApprovalRequest, person: string): boolean {
  return seats.some(({ holders }) => holders.includes(person));
}

/** The persons whose answers are waited for, in the order of their seats. */
export function waitedFor(request: ApprovalRequest): string[] {
  const holders = new Set(activeSeats(request).flatMap((seat) => seat.holders));
  return [...holders].filter((person) => !hasAnswered(request, person));
}

/** The seats with one person in another's place, wherever that one holds an open seat. */
export function withHolderReplaced(seats: readonly Seat[], from: string, to: string): Seat[] {
  return seats.map((seat) =>
    seat.answer === undefined
      ? { ...seat, holders: seat.holders.map((holder) => (holder === from ? to : holder)) }
      : seat,
  );
}
