import type { Target } from '../contracts/names';

/** One event at one target. */
export interface DeliveryKey {
  readonly eventId: string;
  readonly target: Target;
}

/** Where a delivery stands. `skipped`: the event has nothing for this target. `parked`: a message waits to be replayed. */
export type DeliveryStatus = 'open' | 'inProgress' | 'delivered' | 'skipped' | 'parked';

/** How a delivery went well. */
export interface Settlement {
  readonly status: 'delivered' | 'skipped';
  /** The target's own id of what it accepted, if it gives one. */
  readonly providerId?: string;
  /** Why there was nothing to deliver. */
  readonly reason?: string;
}

/** What became of a claim. */
export type Claim =
  /** It is ours. `isUncertain`: an earlier attempt ended without a word, so the target may have accepted it. */
  | { readonly kind: 'claimed'; readonly isUncertain: boolean }
  /** Nothing is left to do. */
  | { readonly kind: 'settled'; readonly status: 'delivered' | 'skipped' | 'parked'; readonly providerId?: string }
  /** Another invocation is at it. */
  | { readonly kind: 'busy' };

/**
 * The rows of the deliveries, one for each event and target. A row counts the attempts that began, and those of which the
 * outcome is known: never more duplicates than the difference.
 */
export interface DeliveryRecords {
  /** Takes a delivery for `owner` until `untilMs`, unless it is settled or somebody else's. */
  claim(key: DeliveryKey, owner: string, untilMs: number): Promise<Claim>;
  /** Writes down that the target has it, whoever has claimed the delivery meanwhile: it is a fact. */
  settle(key: DeliveryKey, settlement: Settlement): Promise<void>;
  /** Gives a claim back after an attempt that failed; one that may have landed does not count as answered. */
  release(key: DeliveryKey, owner: string, attempt: { readonly mayHaveLanded: boolean }): Promise<void>;
  /** Marks a delivery as parked, unless it is settled. */
  park(key: DeliveryKey, reason: string): Promise<void>;
  /** Opens a parked delivery again; others stay as they are. */
  reopen(key: DeliveryKey): Promise<void>;
  /** The targets of an event of which it is known that they have it, have nothing to get, or are parked. */
  settledTargets(eventId: string): Promise<ReadonlyMap<Target, 'delivered' | 'skipped' | 'parked'>>;
}
