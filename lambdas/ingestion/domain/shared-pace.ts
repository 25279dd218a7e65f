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

/** Somebody who wants places. */
interface Request {
  readonly wanted: number;
  readonly resolve: (answer: Lease | { readonly waitMs: number }) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A pace over a row that is written optimistically. Those of one function that want places at the same time ask the row
 * together: alone they would be each other's conflicts.
 */
export function createSharedPace(store: PaceStore, clock: Clock): SharedPace {
  let waiting: Request[] = [];
  let isAsking = false;

  return {
    lease(wanted) {
      return new Promise((resolve, reject) => {
        waiting.push({ wanted, resolve, reject });
        if (!isAsking) void askForAll();
      });
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

  async function askForAll(): Promise<void> {
    isAsking = true;
    while (waiting.length > 0) {
      const requests = waiting;
      waiting = [];
      try {
        divide(await leaseFromRow(requests.reduce((sum, { wanted }) => sum + wanted, 0)), requests);
      } catch (error) {
        for (const { reject } of requests) reject(error);
      }
    }
    isAsking = false;
  }

  async function leaseFromRow(wanted: number): Promise<Lease | { readonly waitMs: number }> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const now = clock.now();
      const { state, revision } = (await store.read()) ?? { state: initialPace(now), revision: 0 };
      const leased = leasePlaces(state, now, wanted);
      if ('waitMs' in leased) return leased;
      if ((await store.write(leased.state, revision)) === 'saved') return leased.lease;
    }
    return { waitMs: CONTENDED_WAIT_MS };
  }

  /** The places in the order of the requests; those for whom none are left ask again with whoever comes meanwhile. */
  function divide(leased: Lease | { readonly waitMs: number }, requests: readonly Request[]): void {
    if ('waitMs' in leased) {
      for (const { resolve } of requests) resolve(leased);
      return;
    }
    let given = 0;
    for (const request of requests) {
      const count = Math.min(request.wanted, leased.count - given);
      if (count === 0) waiting.push(request);
      else request.resolve({ ...leased, count, startAt: leased.startAt + given * leased.intervalMs });
      given += count;
    }
  }
}
