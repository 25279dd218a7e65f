/**
 * Owns time. Every deadline of the embedded AWS (visibility timeouts, retries, schedules, TTL) asks this clock.
 * Refuses to sleep: a caller schedules a task and returns.
 *
 * Invariants
 * 1. `now()` never goes back.
 * 2. A task runs at most once, never before its time, and never inside the call that scheduled it.
 * 3. On the simulated clock, tasks run in order of time, then in the order in which they were scheduled.
 */

/** A task that was scheduled and can still be withdrawn. */
export interface Timer {
  cancel(): void;
}

/** Time in milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
  /** Runs `task` once when the clock reaches `atMs`; a time in the past means as soon as possible. */
  schedule(atMs: number, task: () => void): Timer;
}

/** The longest delay that a Node.js timer takes; longer ones are reached in several hops. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's own clock. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  schedule(atMs: number, task: () => void): Timer {
    let handle: NodeJS.Timeout;
    const arm = () => {
      const delayMs = Math.max(0, atMs - Date.now());
      handle = setTimeout(() => (Date.now() < atMs ? arm() : task()), Math.min(delayMs, LONGEST_TIMEOUT_MS));
      handle.unref();
    };
    arm();
    return { cancel: () => clearTimeout(handle) };
  }
}
