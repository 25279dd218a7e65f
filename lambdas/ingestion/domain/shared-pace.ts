import type { Clock } from '../../shared/clock';
import { afterThrottling, initialPace, type Lease, leasePlaces, type PaceState } from './pace';

/** The port to the state that all functions share. Reads are consistent. */
export interface PaceStore {
  /** The state and the revision that it was read at; undefined before the first write. */
  read(): Promise<{ state: PaceState; revision: number } | undefined>;
  /** Writes over that revision (0: none). */
  write(state: PaceState, revision: number): Promise<'saved' | 'conflict'>;
}

/** The pace as a function uses it. */
export interface SharedPace {
  /** Leases up to `wanted` places, or says how long to wait in milliseconds. */
  lease(wanted: number): Promise<Lease | { readonly waitMs: number }>;
  /** Calls of a lease were throttled. */
  throttled(lease: Lease, counts: { readonly sent: number; readonly throttled: number }): Promise<void>;
}

/** Whoever loses this often waits a little, as if places were taken. */
const MOST_ATTEMPTS = 8;
const CONTENDED_WAIT_MS = 50;

/** A pace over a row that is written optimistically. */
export function createSharedPace(store: PaceStore, clock: Clock): SharedPace {
  return {
    async lease(wanted) {
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
        const now = clock.now();
        const { state, revision } = (await store.read()) ?? { state: initialPace(now), revision: 0 };
        const leased = leasePlaces(state, now, wanted);
        if ('waitMs' in leased) return leased;
        if ((await store.write(leased.state, revision)) === 'saved') return leased.lease;
      }
      return { waitMs: CONTENDED_WAIT_MS };
    },

    async throttled(lease, counts) {
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
        const read = await store.read();
        if (!read) return;
        const state = afterThrottling(read.state, lease, counts, clock.now());
        if (!state || (await store.write(state, read.revision)) === 'saved') return;
      }
    },
  };
}
