import { availableParallelism } from 'node:os';
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import type { Clock } from '../../../kernel/clock';

/** A reading covers at least this long. */
const WINDOW_MS = 100;
/** Of the processors that there are. */
const SATURATED = 0.8;

/** What can tell how busy its event loop is: this thread's or a worker's `performance`. */
export interface LoadSource {
  eventLoopUtilization(later?: EventLoopUtilization, earlier?: EventLoopUtilization): EventLoopUtilization;
}

/**
 * Tells whether the threads of this process, taken together, want more than the processors give: another worker would make
 * nothing faster then. Time in which other processes held the processor counts as busy.
 */
export class MachineLoad {
  private readonly readings = new Map<LoadSource, EventLoopUtilization>();
  private lastAtMs: number;
  private isBusy = false;

  constructor(
    private readonly clock: Clock,
    private readonly processors = availableParallelism(),
  ) {
    this.lastAtMs = clock.now();
    this.add(performance);
  }

  /** Counts a thread from now on. */
  add(source: LoadSource): void {
    this.readings.set(source, source.eventLoopUtilization());
  }

  remove(source: LoadSource): void {
    this.readings.delete(source);
  }

  isSaturated(): boolean {
    if (this.clock.now() - this.lastAtMs < WINDOW_MS) return this.isBusy;
    this.lastAtMs = this.clock.now();
    let busyThreads = 0;
    for (const [source, earlier] of this.readings) {
      const now = source.eventLoopUtilization();
      busyThreads += source.eventLoopUtilization(now, earlier).utilization;
      this.readings.set(source, now);
    }
    this.isBusy = busyThreads > SATURATED * this.processors;
    return this.isBusy;
  }
}
