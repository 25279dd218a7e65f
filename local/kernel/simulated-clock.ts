import type { Clock, Timer } from './clock';

interface Entry {
  atMs: number;
  order: number;
  task: (() => void) | undefined;
}

/** A clock that stands still until a test turns it. */
export class SimulatedClock implements Clock {
  private nowMs: number;
  private scheduled = 0;
  private readonly entries: Entry[] = [];

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.nowMs = startMs;
  }

  now(): number {
    return this.nowMs;
  }

  schedule(atMs: number, task: () => void): Timer {
    const entry: Entry = { atMs: Math.max(atMs, this.nowMs), order: this.scheduled++, task };
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.entries[middle]!.atMs <= entry.atMs) low = middle + 1;
      else high = middle;
    }
    this.entries.splice(low, 0, entry);
    return {
      cancel: () => {
        entry.task = undefined;
      },
    };
  }

  /** Milliseconds since the epoch of the next task, or undefined when nothing is scheduled. */
  nextAt(): number | undefined {
    while (this.entries.length > 0 && !this.entries[0]!.task) this.entries.shift();
    return this.entries[0]?.atMs;
  }

  /** Moves to the next scheduled task and runs it; false when there is none. */
  async runNext(): Promise<boolean> {
    const atMs = this.nextAt();
    if (atMs === undefined) return false;
    const entry = this.entries.shift()!;
    this.nowMs = Math.max(this.nowMs, atMs);
    entry.task!();
    await settle();
    return true;
  }

  /** Turns the clock forward, running on the way whatever falls due, also what those tasks schedule. */
  async turn(durationMs: number): Promise<void> {
    const untilMs = this.nowMs + durationMs;
    await settle();
    for (let next = this.nextAt(); next !== undefined && next <= untilMs; next = this.nextAt()) await this.runNext();
    this.nowMs = Math.max(this.nowMs, untilMs);
    await settle();
  }

  /** Runs tasks until none is left, or fails after `limit` of them: something schedules itself for ever. */
  async drain(limit = 100_000): Promise<void> {
    await settle();
    for (let count = 0; await this.runNext(); count++) {
      if (count >= limit) throw new Error(`more than ${limit} scheduled tasks: does one schedule itself for ever?`);
    }
  }
}

/** Lets promise chains that are ready run to their end; several turns of the event loop, no time. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise<void>((resolve) => setImmediate(resolve));
}
