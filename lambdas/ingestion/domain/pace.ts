/**
 * The pace of calls to a provider whose limit nobody tells us: rises while calls get through, falls when they are
 * throttled. One state is shared by all functions; whoever wants to call leases places in one row of future moments,
 * `1 / rate` apart.
 *
 * After a fall the pace climbs back as a cubic (as in RFC 9438): fast at first, slowly around where it was throttled, and
 * fast again if nothing happens there. That keeps it within a few percent of the limit almost always.
 *
 * Refuses to know the time: it is handed in, in milliseconds since the epoch.
 */

/** What is kept of the pace. */
export interface PaceState {
  /** The first moment that is not leased. */
  readonly nextAt: number;
  /** One more with every fall: those who were throttled under an older one are not heard. */
  readonly epoch: number;
  /** Calls a second at the beginning of this epoch, or now when there was no fall yet. */
  readonly rate: number;
  /** Calls a second when it last fell. */
  readonly ceiling?: number;
  /** How long, in milliseconds, calls were wanted in this epoch: an idle hour proves nothing about the limit. */
  readonly activeMs: number;
  /** When somebody last leased. */
  readonly leasedAt: number;
}

/** Places to call at. */
export interface Lease {
  readonly count: number;
  /** The first one; those before now are for calls that came late. */
  readonly startAt: number;
  readonly intervalMs: number;
  readonly epoch: number;
}

const START_RATE = 20;
const LOWEST_RATE = 0.5;
const HIGHEST_RATE = 2_000;
/** While no limit was met the pace doubles twice a second. */
const DOUBLING_MS = 500;
/** What remains of the pace after a fall, and when most calls were throttled. */
const FALL = 0.8;
const STEEP_FALL = 0.5;
/** Where the cubic levels out, as a part of the ceiling, and when. */
const PLATEAU = 0.97;
const PLATEAU_AT_MS = 20_000;
/** Above this part of the ceiling the old limit is no longer believed, and the pace grows by a quarter a second. */
const DISBELIEF = 1.1;
const REGROWTH_PER_SECOND = 1.25;
/** A lease is for about this long, so that a fall is soon felt. */
const LEASE_MS = 400;
/** Nobody leases further ahead. */
const LEAD_MS = 800;
/** Places that nobody took in time may be taken this much later: else every pause between leases would be lost. */
const CATCH_UP_MS = 250;
/** Wanting less than this is idleness. */
const IDLE_MS = 1_000;

/** The pace before anything is known. */
export function initialPace(now: number): PaceState {
  return { nextAt: now, epoch: 0, rate: START_RATE, activeMs: 0, leasedAt: now };
}

/** Calls a second at this point of the epoch. */
export function rateOf({ rate, ceiling, activeMs }: PaceState): number {
  if (ceiling === undefined) return clamp(rate * 2 ** (activeMs / DOUBLING_MS));
  const plateau = PLATEAU * ceiling;
  const depth = Math.max(plateau - rate, 0.05 * ceiling);
  const cubic = (atMs: number) => plateau + depth * ((atMs - PLATEAU_AT_MS) / PLATEAU_AT_MS) ** 3;
  const doubtedAt = PLATEAU_AT_MS * (1 + Math.cbrt(((DISBELIEF - PLATEAU) * ceiling) / depth));
  if (activeMs <= doubtedAt) return clamp(cubic(activeMs));
  return clamp(DISBELIEF * ceiling * REGROWTH_PER_SECOND ** ((activeMs - doubtedAt) / 1000));
}

/** Leases up to `wanted` places; or says how long to wait, in milliseconds, when too many are leased ahead. */
export function leasePlaces(
  state: PaceState,
  now: number,
  wanted: number,
): { readonly state: PaceState; readonly lease: Lease } | { readonly waitMs: number } {
  if (state.nextAt - now > LEAD_MS) return { waitMs: state.nextAt - now - LEAD_MS + 1 };
  const sinceLease = Math.max(0, now - state.leasedAt);
  const isWanted = now - state.nextAt < IDLE_MS;
  const grown = { ...state, activeMs: state.activeMs + (isWanted ? Math.min(sinceLease, IDLE_MS) : 0) };
  const rate = rateOf(grown);
  const intervalMs = 1000 / rate;
  const count = Math.max(1, Math.min(wanted, Math.ceil(LEASE_MS / intervalMs)));
  const startAt = Math.max(state.nextAt, now - CATCH_UP_MS);
  return {
    state: { ...grown, nextAt: startAt + count * intervalMs, leasedAt: now },
    lease: { count, startAt, intervalMs, epoch: state.epoch },
  };
}

/**
 * The pace after calls of a lease were throttled; undefined when it has fallen since that lease. `sent` and `throttled`
 * are those of the lease so far.
 */
export function afterThrottling(
  state: PaceState,
  lease: Pick<Lease, 'epoch'>,
  { sent, throttled }: { readonly sent: number; readonly throttled: number },
  now: number,
): PaceState | undefined {
  if (lease.epoch !== state.epoch) return undefined;
  const rate = rateOf(state);
  const isSteep = throttled >= 3 && throttled * 2 > sent;
  return {
    // Places that others have leased are still theirs.
    nextAt: Math.max(state.nextAt, now + 1000 / rate),
    epoch: state.epoch + 1,
    rate: clamp(rate * (isSteep ? STEEP_FALL : FALL)),
    ceiling: rate,
    activeMs: 0,
    leasedAt: now,
  };
}

function clamp(rate: number): number {
  return Math.min(Math.max(rate, LOWEST_RATE), HIGHEST_RATE);
}
