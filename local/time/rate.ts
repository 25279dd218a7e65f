/** Owns AWS's rate expressions: `5 minutes`, `1 day`. A day is 24 hours. Pure. */

const MINUTE_MS = 60_000;
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS };

/** A rate as it is written. */
export interface Rate {
  readonly periodMs: number;
  /** Whether the unit agrees with the number: `1 minute`, `2 minutes`. Rules of EventBridge insist on it, Scheduler does not. */
  readonly isUnitAgreeing: boolean;
}

/** Reads what stands between the parentheses of `rate(…)`; undefined for what is no rate. */
export function parseRate(content: string): Rate | undefined {
  const [, digits, unit, plural] = /^(\d{1,9}) (minute|hour|day)(s?)$/.exec(content) ?? [];
  const count = Number(digits);
  if (!unit || count < 1) return undefined;
  return { periodMs: count * UNITS[unit]!, isUnitAgreeing: (count === 1) === (plural === '') };
}

/** The first time after `afterMs` on the beat of a rate that began at `startMs`; never before the start. */
export function nextBeat(periodMs: number, startMs: number, afterMs: number): number {
  if (afterMs < startMs) return startMs;
  return startMs + (Math.floor((afterMs - startMs) / periodMs) + 1) * periodMs;
}
