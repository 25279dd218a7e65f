import type { Clock } from '../../../../lambdas/shared/clock';

/** A clock that jumps to the next sleeper when nothing else is running. */
export class SimulatedClock implements Clock {
  private time: number;
  private readonly sleepers: { at: number; order: number; wake: () => void }[] = [];
  private order = 0;

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.time = startMs;
  }

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ at: this.time + Math.max(0, milliseconds), order: this.order++, wake });
    });
  }

  /** Lets time pass until `done` is settled. Throws an Error when everybody waits for nothing. */
  async run<T>(done: Promise<T>): Promise<T> {
    let isDone = false;
    const settle = () => {
      isDone = true;
    };
    done.then(settle, settle);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return done;
      if (this.sleepers.length === 0) throw new Error('Nobody sleeps and nothing ends.');
      this.sleepers.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.sleepers.shift()!;
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
  }
}
