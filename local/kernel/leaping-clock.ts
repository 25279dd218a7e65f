/**
 * Owns a clock that goes on as the machine's does, and leaps when it is told to. For workloads of deployed stacks, whose
 * functions run in threads of their own and take real time.
 *
 * Invariants
 * 1. `now()` never goes back.
 * 2. Whatever a leap makes due runs right after it, in order of time: each task once, as it sees the time after the leap.
 */
import type { Clock, Timer } from './clock';

interface Entry {
  readonly atMs: number;
  readonly task: () => void;
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** See the head of this file. */
export class LeapingClock implements Clock {
  private leaptMs: number;
  /** In order of time, then in the order in which they were scheduled. */
  private entries: Entry[] = [];
  private handle: NodeJS.Timeout | undefined;

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.leaptMs = startMs - Date.now();
  }

  now(): number {
    return Date.now() + this.leaptMs;
  }

  schedule(atMs: number, task: () => void): Timer {
    const entry = { atMs, task };
    let index = this.entries.length;
    while (index > 0 && this.entries[index - 1]!.atMs > atMs) index--;
    this.entries.splice(index, 0, entry);
    if (index === 0) this.arm();
    return {
      cancel: () => {
        this.entries = this.entries.filter((other) => other !== entry);
      },
    };
  }

  /** Goes forward at once, whatever was scheduled on the way. Leap only while no function runs: its time would be up. */
  leap(durationMs: number): void {
    this.leaptMs += durationMs;
    this.arm();
  }

  /** Goes forward to a moment, if it lies ahead. */
  leapTo(atMs: number): void {
    this.leap(Math.max(0, atMs - this.now()));
  }

  private arm(): void {
    clearTimeout(this.handle);
    const next = this.entries[0];
    if (!next) return;
    const delayMs = Math.min(Math.max(0, next.atMs - this.now()), LONGEST_TIMEOUT_MS);
    this.handle = setTimeout(() => this.runDue(), delayMs);
    this.handle.unref();
  }

  private runDue(): void {
    const nowMs = this.now();
    const due = this.entries.filter(({ atMs }) => atMs <= nowMs);
    this.entries = this.entries.filter(({ atMs }) => atMs > nowMs);
    for (const { task } of due) task();
    this.arm();
  }
}
