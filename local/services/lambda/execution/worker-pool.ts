/**
 * Owns the workers of the whole process: one cap for all functions, one invocation a worker at a time.
 *
 * Rules
 * 1. A function's idle worker that was used last is used next.
 * 2. A function without a worker gets one at once: a free place, or the place of the idle worker that was used longest ago.
 * 3. A function that has workers waits for them: it gets another only when its oldest call has waited for `patienceMs`
 *    (`evictionPatienceMs` when somebody else's idle worker would have to go) times the square of the workers it has, and ten times as
 *    long while the machine is saturated. A cold start costs more than most calls, and calls that wait for a processor gain
 *    nothing by another thread.
 * 4. A worker whose function has calls waiting is not taken away, unless a function without any worker has starved for
 *    `starvationMs`.
 * 5. Of the workers of a function that idle for `idleMs` all but one go.
 * 6. A call that found no place for `queueLimitMs` is turned away.
 */
import { availableParallelism } from 'node:os';
import type { Clock, Timer } from '../../../kernel/clock';

/** What the pool needs of a sandbox. */
export interface PooledWorker<Job, Result> {
  readonly isDead: boolean;
  invoke(job: Job): Promise<Result>;
  dispose(): void;
}

/** Limits of the pool; times in milliseconds. */
export interface PoolLimits {
  readonly workers: number;
  readonly patienceMs: number;
  readonly evictionPatienceMs: number;
  readonly starvationMs: number;
  readonly queueLimitMs: number;
  readonly idleMs: number;
}

/**
 * Three workers a processor, seven to twelve: each takes 15 to 25 MB, and what 200 orders leave behind must stay below 400 MB.
 * An order calls seven functions: with fewer workers they would drive each other out.
 */
export const DEFAULT_POOL_LIMITS: PoolLimits = {
  workers: Math.min(12, Math.max(7, 3 * availableParallelism())),
  patienceMs: 50,
  evictionPatienceMs: 500,
  starvationMs: 1000,
  queueLimitMs: 60_000,
  idleMs: 5000,
};

const SATURATED_FACTOR = 10;

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly sinceMs: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  timer?: Timer;
}

interface Lane<Job, Result> {
  readonly key: string;
  readonly start: () => PooledWorker<Job, Result>;
  readonly waiting: Waiting<Job, Result>[];
  /** Least recently used first. */
  readonly idle: IdleWorker<Job, Result>[];
  workers: number;
  lastStartMs: number;
  /** The version was replaced: its workers go as they become idle. */
  isRetired: boolean;
}

interface IdleWorker<Job, Result> {
  readonly worker: PooledWorker<Job, Result>;
  readonly sinceMs: number;
}

/** See the head of this file. Turned-away calls reject with what `turnAway` makes. */
export class WorkerPool<Job, Result> {
  private readonly lanes = new Map<string, Lane<Job, Result>>();
  private readonly hungry = new Set<Lane<Job, Result>>();
  private readonly workers = new Set<PooledWorker<Job, Result>>();
  private retry?: Timer;
  private reaper?: Timer;
  private isStopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly turnAway: () => Error,
    private readonly limits: PoolLimits = DEFAULT_POOL_LIMITS,
    private readonly isSaturated: () => boolean = () => false,
  ) {}

  /** Workers that exist now. */
  get size(): number {
    return this.workers.size;
  }

  /** Runs a job on a worker of the lane `key`, which `start` makes when one is needed. */
  run(key: string, start: () => PooledWorker<Job, Result>, job: Job): Promise<Result> {
    if (this.isStopped) return Promise.reject(this.turnAway());
    let lane = this.lanes.get(key);
    if (!lane) {
      lane = { key, start, waiting: [], idle: [], workers: 0, lastStartMs: 0, isRetired: false };
      this.lanes.set(key, lane);
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting<Job, Result> = { job, sinceMs: this.clock.now(), resolve, reject };
      lane.waiting.push(entry);
      this.hungry.add(lane);
      this.serve();
      if (lane.waiting.includes(entry)) {
        entry.timer = this.clock.schedule(entry.sinceMs + this.limits.queueLimitMs, () => this.giveUp(lane, entry));
      }
    });
  }

  /** Ends the idle workers of a lane whose function was changed or deleted; busy ones end after their invocation. */
  retire(key: string): void {
    const lane = this.lanes.get(key);
    if (!lane) return;
    lane.isRetired = true;
    for (const { worker } of lane.idle.splice(0)) this.end(lane, worker);
    if (lane.workers === 0 && lane.waiting.length === 0) this.lanes.delete(key);
  }

  /** Ends all workers, busy ones too, and turns away what waits. */
  stop(): void {
    this.isStopped = true;
    this.retry?.cancel();
    this.reaper?.cancel();
    for (const lane of this.lanes.values()) {
      for (const { worker } of lane.idle.splice(0)) this.end(lane, worker);
      for (const entry of lane.waiting.splice(0)) {
        entry.timer?.cancel();
        entry.reject(this.turnAway());
      }
    }
    this.hungry.clear();
    for (const worker of this.workers) worker.dispose();
  }

  private giveUp(lane: Lane<Job, Result>, entry: Waiting<Job, Result>): void {
    const index = lane.waiting.indexOf(entry);
    if (index < 0) return;
    lane.waiting.splice(index, 1);
    entry.reject(this.turnAway());
  }

  /** Gives waiting jobs their workers; comes back later for those that must be patient. */
  private serve(): void {
    let comeBackAtMs = Number.POSITIVE_INFINITY;
    const lanes = [...this.hungry].sort((a, b) => (a.waiting[0]?.sinceMs ?? 0) - (b.waiting[0]?.sinceMs ?? 0));
    for (const lane of lanes) {
      while (lane.waiting.length > 0) {
        const idle = lane.idle.pop();
        if (idle) {
          if (idle.worker.isDead) this.end(lane, idle.worker);
          else this.occupy(lane, idle.worker);
          continue;
        }
        const startAtMs = this.startAt(lane);
        if (startAtMs > this.clock.now()) {
          comeBackAtMs = Math.min(comeBackAtMs, startAtMs);
          break;
        }
        if (!this.makeRoom(lane)) break;
        this.launch(lane);
      }
      if (lane.waiting.length === 0) this.hungry.delete(lane);
    }
    this.retry?.cancel();
    this.retry = Number.isFinite(comeBackAtMs) ? this.clock.schedule(comeBackAtMs, () => this.serve()) : undefined;
  }

  /** When the lane may have one more worker. */
  private startAt(lane: Lane<Job, Result>): number {
    if (lane.workers === 0) return 0;
    const { patienceMs, evictionPatienceMs } = this.limits;
    const hasRoom = this.workers.size < this.limits.workers;
    const factor = lane.workers ** 2 * (this.isSaturated() ? SATURATED_FACTOR : 1);
    const patience = (hasRoom ? patienceMs : evictionPatienceMs) * factor;
    return Math.max(lane.waiting[0]!.sinceMs, lane.lastStartMs) + patience;
  }

  private makeRoom(lane: Lane<Job, Result>): boolean {
    if (this.workers.size < this.limits.workers) return true;
    const idleBeforeMs = lane.workers === 0 ? Number.POSITIVE_INFINITY : this.clock.now() - this.limits.starvationMs;
    let victim: Lane<Job, Result> | undefined;
    for (const other of this.lanes.values()) {
      const oldest = other.idle[0];
      if (other === lane || !oldest || other.waiting.length > 0 || oldest.sinceMs > idleBeforeMs) continue;
      if (!victim || oldest.sinceMs < victim.idle[0]!.sinceMs) victim = other;
    }
    if (!victim) return false;
    this.end(victim, victim.idle.shift()!.worker);
    return true;
  }

  private launch(lane: Lane<Job, Result>): void {
    let worker: PooledWorker<Job, Result>;
    try {
      worker = lane.start();
    } catch (error) {
      const entry = lane.waiting.shift()!;
      entry.timer?.cancel();
      entry.reject(error);
      return;
    }
    this.workers.add(worker);
    lane.workers++;
    lane.lastStartMs = this.clock.now();
    this.occupy(lane, worker);
  }

  private occupy(lane: Lane<Job, Result>, worker: PooledWorker<Job, Result>): void {
    const entry = lane.waiting.shift()!;
    entry.timer?.cancel();
    worker
      .invoke(entry.job)
      .then(entry.resolve, entry.reject)
      .finally(() => this.release(lane, worker));
  }

  private release(lane: Lane<Job, Result>, worker: PooledWorker<Job, Result>): void {
    const starving = this.starvingBeside(lane);
    if (worker.isDead || this.isStopped || lane.isRetired || starving) this.end(lane, worker);
    else this.rest(lane, worker);
    if (starving) this.launch(starving);
    if (this.hungry.size > 0) this.serve();
  }

  private rest(lane: Lane<Job, Result>, worker: PooledWorker<Job, Result>): void {
    lane.idle.push({ worker, sinceMs: this.clock.now() });
    if (lane.workers > 1) this.reaper ??= this.reapAt(this.clock.now() + this.limits.idleMs);
  }

  /** Ends surplus workers that have idled long enough then, and comes back for those that have not. */
  private reapAt(atMs: number): Timer {
    return this.clock.schedule(atMs, () => {
      const before = this.clock.now() - this.limits.idleMs;
      let oldestMs = Number.POSITIVE_INFINITY;
      for (const lane of this.lanes.values()) {
        while (lane.workers > 1 && lane.idle[0] && lane.idle[0].sinceMs <= before) {
          this.end(lane, lane.idle.shift()!.worker);
        }
        if (lane.workers > 1 && lane.idle[0]) oldestMs = Math.min(oldestMs, lane.idle[0].sinceMs);
      }
      this.reaper = Number.isFinite(oldestMs) ? this.reapAt(oldestMs + this.limits.idleMs) : undefined;
    });
  }

  /** The function for which a worker of `lane` that has just become free must go, though its own has calls waiting. */
  private starvingBeside(lane: Lane<Job, Result>): Lane<Job, Result> | undefined {
    if (lane.waiting.length === 0 || this.workers.size < this.limits.workers) return undefined;
    const before = this.clock.now() - this.limits.starvationMs;
    for (const other of this.hungry) {
      if (other !== lane && other.workers === 0 && other.waiting[0] && other.waiting[0].sinceMs <= before) return other;
    }
    return undefined;
  }

  private end(lane: Lane<Job, Result>, worker: PooledWorker<Job, Result>): void {
    if (!this.workers.delete(worker)) return;
    worker.dispose();
    lane.workers--;
    if (lane.isRetired && lane.workers === 0 && lane.waiting.length === 0) this.lanes.delete(lane.key);
  }
}
