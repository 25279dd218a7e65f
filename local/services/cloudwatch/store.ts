import type { Journal, JournalCollection } from '../../kernel/journal';
import { addValue, emptyBucket, mergeBucket } from './histogram';
import { addToMetric } from './metric-buckets';
import { MetricRecords } from './metric-records';
import type { Bucket, Dashboard, Metric } from './model';

/** Beyond this many metrics the one that was updated longest ago is forgotten. */
const METRIC_LIMIT = 5_000;

/** Is told that a metric got values, and the time in milliseconds for which. */
export type MetricWatcher = (timestampMs: number) => void;

/**
 * The metrics and dashboards of the embedded CloudWatch, changed only by these methods. Memory is bounded: values are aggregated at
 * once. Dashboards are told to the journal as they change, metrics when {@link writeChanges} is called.
 */
export class CloudWatchStore {
  private readonly metrics: Map<string, Metric>;
  private readonly dashboards: Map<string, Dashboard>;
  private readonly metricRecords: MetricRecords;
  private readonly dashboardRecords: JournalCollection<Dashboard>;
  private readonly watchers = new Map<string, Set<MetricWatcher>>();

  constructor(journal: Journal) {
    this.metricRecords = new MetricRecords(journal);
    this.dashboardRecords = journal.collection('cloudwatch.dashboards');
    this.metrics = this.metricRecords.restored();
    this.dashboards = new Map(this.dashboardRecords.restored());
  }

  /** Tells the journal of the metrics that have changed since the last time. */
  writeChanges(): void {
    this.metricRecords.write(this.metrics);
  }

  /** Adds to a metric; `isHighResolution` keeps it by the second as well. */
  add(
    key: { namespace: string; name: string; dimensions: Record<string, string> },
    at: { timestampMs: number; nowMs: number },
    unit: string,
    change: (bucket: Bucket) => void,
    isHighResolution = false,
  ): void {
    const text = keyOf(key.namespace, key.name, key.dimensions);
    const metric = this.metrics.get(text) ?? this.newMetric(text, key, unit);
    const seconds = Math.floor(at.timestampMs / 1000);
    const nowSeconds = Math.floor(at.nowMs / 1000);
    addToMetric(metric, seconds, nowSeconds, change, isHighResolution, (resolution, start) =>
      this.metricRecords.changed(text, resolution, start),
    );
    metric.unit = unit;
    metric.lastUpdateMs = at.nowMs;
    const watchers = this.watchers.get(text);
    if (watchers) for (const watcher of watchers) watcher(at.timestampMs);
  }

  /** Has `watcher` called whenever the metric gets values, which need not exist yet. Gives what ends it. */
  watch(
    { namespace, name, dimensions }: { namespace: string; name: string; dimensions: Record<string, string> },
    watcher: MetricWatcher,
  ): () => void {
    const key = keyOf(namespace, name, dimensions);
    const watchers = this.watchers.get(key) ?? new Set();
    this.watchers.set(key, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0) this.watchers.delete(key);
    };
  }

  metric(namespace: string, name: string, dimensions: Record<string, string>): Metric | undefined {
    return this.byKey(keyOf(namespace, name, dimensions));
  }

  /** A metric by what {@link keyOf} makes of its name. */
  byKey(key: string): Metric | undefined {
    return this.metrics.get(key);
  }

  listMetrics(): Metric[] {
    return [...this.metrics.values()];
  }

  /**
   * A metric's values between two times, merged into periods. Starts are multiples of the period; times in seconds, the end
   * exclusive.
   */
  read(metric: Metric, startSeconds: number, endSeconds: number, periodSeconds: number): Map<number, Bucket> {
    const periods = new Map<number, Bucket>();
    const sources = periodSeconds < 60 ? [metric.seconds] : [metric.hours, metric.minutes];
    for (const source of sources) {
      for (const [at, bucket] of source) {
        const start = at - (at % periodSeconds);
        if (start < startSeconds - (startSeconds % periodSeconds) || at >= endSeconds) continue;
        let period = periods.get(start);
        if (!period) {
          period = emptyBucket();
          periods.set(start, period);
        }
        mergeBucket(period, bucket);
      }
    }
    return periods;
  }

  setDashboard(dashboard: Dashboard): void {
    this.dashboards.set(dashboard.DashboardName, dashboard);
    this.dashboardRecords.put(dashboard.DashboardName, dashboard);
  }

  removeDashboard(name: string): void {
    this.dashboards.delete(name);
    this.dashboardRecords.delete(name);
  }

  dashboard(name: string): Dashboard | undefined {
    return this.dashboards.get(name);
  }

  listDashboards(): Dashboard[] {
    return [...this.dashboards.values()];
  }

  private newMetric(
    key: string,
    { namespace, name, dimensions }: { namespace: string; name: string; dimensions: Record<string, string> },
    unit: string,
  ): Metric {
    if (this.metrics.size >= METRIC_LIMIT) this.forgetOldest();
    const metric: Metric = {
      namespace,
      name,
      dimensions: { ...dimensions },
      unit,
      lastUpdateMs: 0,
      seconds: new Map(),
      minutes: new Map(),
      hours: new Map(),
    };
    this.metrics.set(key, metric);
    return metric;
  }

  private forgetOldest(): void {
    let oldest: [string, Metric] | undefined;
    for (const entry of this.metrics) if (!oldest || entry[1].lastUpdateMs < oldest[1].lastUpdateMs) oldest = entry;
    if (!oldest) return;
    this.metrics.delete(oldest[0]);
    this.metricRecords.forgotten(oldest[0], oldest[1]);
  }
}

/** A bucket's change that adds one value. */
export function oneValue(value: number, count = 1): (bucket: Bucket) => void {
  return (bucket) => addValue(bucket, value, count);
}

/** A metric's name with its dimensions, in one text. */
export function keyOf(namespace: string, name: string, dimensions: Record<string, string>): string {
  const names = Object.keys(dimensions);
  if (names.length > 1) names.sort();
  let key = `${namespace}\n${name}`;
  for (const dimension of names) key += `\n${dimension}\n${dimensions[dimension]}`;
  return key;
}
