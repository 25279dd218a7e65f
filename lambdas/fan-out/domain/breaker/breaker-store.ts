import type { BreakerState } from './breaker';

/** A state as it was read; `version` grows with each write. */
export interface StoredBreaker {
  readonly state: BreakerState;
  readonly version: number;
}

/** The port to the one row of a breaker, which all functions share. */
export interface BreakerStore {
  /** The state as it is now, or undefined when nothing was written yet. */
  read(): Promise<StoredBreaker | undefined>;
  /** Writes the state that follows from version `after`; false when somebody else was first. */
  write(state: BreakerState, after: number): Promise<boolean>;
}
