/**
 * Owns when alarms are evaluated: at the end of each minute (of ten seconds, of an hour) for as long as there is data in what they
 * look at. An alarm that sees nothing sleeps until one of its metrics gets a value.
 *
 * Invariants
 * 1. An alarm is evaluated for points in time that are multiples of its interval, each at most once, in order; several that are due
 *    at the same time in the order in which they became so.
 * 2. Points in time that a leap of the clock passed over are made up for, up to where the alarm sees nothing any more.
 * 3. An evaluation sees what was published before its point in time, and nothing later.
 */
import type { Clock } from '../../../kernel/clock';
import type { Alarm } from '../model';
import type { CloudWatchStore } from '../store';
import { type AlarmSettings, intervalSeconds, metricsOf, readAlarmSettings } from './alarm-settings';
import type { AlarmStates } from './alarm-states';
import type { AlarmStore } from './alarm-store';
import { type Lens, lensOf } from './datapoints';
import { type Decision, decideState } from './decide-state';
import { stateReason, stateReasonData } from './state-reason';

interface Watch {
  readonly name: string;
  readonly settings: AlarmSettings;
  readonly lens: Lens;
  readonly intervalMs: number;
  readonly ends: (() => void)[];
  /** When it is evaluated next; absent while it sleeps. */
  dueMs?: number;
  /** When the latest of what was published ahead of its time counts. */
  aheadMs: number;
}

/** Evaluates the alarms of metrics. */
export class AlarmEvaluator {
  private readonly watches = new Map<string, Watch>();
  /** The alarms that are due at a time; one timer for each time. */
  private readonly due = new Map<number, Set<string>>();
  private isStopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly metrics: CloudWatchStore,
    private readonly alarms: AlarmStore,
    private readonly states: AlarmStates,
  ) {}

  /** Evaluates an alarm from now on; one that was watched before is forgotten. */
  watch({ AlarmName: name, properties }: Alarm): void {
    this.unwatch(name);
    const settings = readAlarmSettings(properties);
    const intervalMs = intervalSeconds(settings) * 1000;
    const watch: Watch = { name, settings, lens: lensOf(this.metrics, settings), intervalMs, ends: [], aheadMs: 0 };
    for (const metric of metricsOf(settings)) {
      watch.ends.push(this.metrics.watch(metric, (timestampMs) => this.published(watch, timestampMs)));
    }
    this.watches.set(name, watch);
    this.wake(name);
  }

  /** Evaluates an alarm no more. */
  unwatch(name: string): void {
    const watch = this.watches.get(name);
    if (!watch) return;
    for (const end of watch.ends) end();
    this.watches.delete(name);
  }

  /** Evaluates an alarm at the next point in time, whatever it saw last. */
  wake(name: string): void {
    const watch = this.watches.get(name);
    if (watch) this.published(watch, this.clock.now());
  }

  stop(): void {
    this.isStopped = true;
  }

  /** What was published for a time counts at the next point in time after it, at the earliest at the next one from now. */
  private published(watch: Watch, timestampMs: number): void {
    if (watch.dueMs !== undefined && timestampMs < watch.dueMs) return;
    const fromMs = Math.max(timestampMs, this.clock.now());
    const atMs = (Math.floor(fromMs / watch.intervalMs) + 1) * watch.intervalMs;
    if (atMs > watch.aheadMs) watch.aheadMs = atMs;
    if (watch.dueMs === undefined || atMs < watch.dueMs) this.plan(watch, atMs);
  }

  private plan(watch: Watch, atMs: number): void {
    watch.dueMs = atMs;
    const others = this.due.get(atMs);
    if (others) {
      others.add(watch.name);
      return;
    }
    this.due.set(atMs, new Set([watch.name]));
    this.clock.schedule(atMs, () => this.run(atMs));
  }

  private run(atMs: number): void {
    const names = this.due.get(atMs) ?? [];
    this.due.delete(atMs);
    if (this.isStopped) return;
    for (const name of names) {
      const watch = this.watches.get(name);
      if (watch?.dueMs === atMs) this.evaluate(watch, atMs);
    }
  }

  private evaluate(watch: Watch, atMs: number): void {
    const { name, settings } = watch;
    watch.dueMs = undefined;
    const { points, hasData } = watch.lens.lookBack(atMs / 1000);
    if (hasData) this.plan(watch, atMs + watch.intervalMs);
    else if (watch.aheadMs > atMs) this.plan(watch, watch.aheadMs);
    this.apply(name, decideState(points, settings), settings, atMs);
  }

  private apply(name: string, decision: Decision, settings: AlarmSettings, atMs: number): void {
    const { value } = decision;
    if (value === undefined || value === this.alarms.alarm(name)?.state.value) return;
    const reason = stateReason(decision, settings);
    const reasonData = stateReasonData(decision, settings, atMs / 1000);
    this.states.set(name, { value, reason, reasonData, atMs });
  }
}
