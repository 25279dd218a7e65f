import type { Journal, JournalCollection } from '../../kernel/journal';
import { addValue, emptyBucket, mergeBucket } from './histogram';
import { MetricRecords } from './metric-records';
import type { Alarm, Bucket, Dashboard, Metric } from './model';

/** Beyond this many metrics the one that was updated longest ago is forgotten. */
const METRIC_LIMIT = 5_000;
const SECONDS_KEPT = 3 * 3600;
const MINUTES_KEPT_SECONDS = 26 * 3600;
const HOURS_KEPT_SECONDS = 63 * 86_400;
/** Old buckets are merged or dropped after this many new ones. */
const TIDY_AFTER = 120;

/**
 * All state of the embedded CloudWatch, changed only by these methods. Memory is bounded: values are aggregated at once. Alarms and
 * dashboards are told to the journal as they change, metrics when {@link writeChanges} is called.
 */
export class CloudWatchStore {
  private readonly metrics: Map<string, Metric>;
  private readonly alarms: Map<string, Alarm>;
  private readonly dashboards: Map<string, Dashboard>;
  private readonly metricRecords: MetricRecords;
  private readonly alarmRecords: JournalCollection<Alarm>;
  private readonly dashboardRecords: JournalCollection<Dashboard>;
  private newBuckets = 0;

  constructor(journal: Journal) {
    this.metricRecords = new MetricRecords(journal);
    this.alarmRecords = journal.collection('cloudwatch.alarms');
    this.dashboardRecords = journal.collection('cloudwatch.dashboards');
    this.metrics = this.metricRecords.restored();
    this.alarms = new Map(this.alarmRecords.restored());
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
    if (isHighResolution) change(this.bucketAt(metric.seconds, seconds));
    const minute = seconds - (seconds % 60);
    change(this.bucketAt(metric.minutes, minute));
    this.metricRecords.changed(text, 'minutes', minute);
    metric.unit = unit;
    metric.lastUpdateMs = at.nowMs;
    if (this.newBuckets > TIDY_AFTER) this.tidy(at.nowMs);
  }

  metric(namespace: string, name: string, dimensions: Record<string, string>): Metric | undefined {
    return this.metrics.get(keyOf(namespace, name, dimensions));
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

  setAlarm(alarm: Alarm): void {
    this.alarms.set(alarm.AlarmName, alarm);
    this.alarmRecords.put(alarm.AlarmName, alarm);
  }

  alarm(name: string): Alarm | undefined {
    return this.alarms.get(name);
  }

  removeAlarm(name: string): void {
    this.alarms.delete(name);
    this.alarmRecords.delete(name);
  }

  /** Alarms in order of their names. */
  listAlarms(): Alarm[] {
    return [...this.alarms.values()].sort((a, b) => (a.AlarmName < b.AlarmName ? -1 : 1));
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

  private bucketAt(buckets: Map<number, Bucket>, at: number): Bucket {
    let bucket = buckets.get(at);
    if (!bucket) {
      bucket = emptyBucket();
      buckets.set(at, bucket);
      this.newBuckets++;
    }
    return bucket;
  }

  private tidy(nowMs: number): void {
    this.newBuckets = 0;
    const now = Math.floor(nowMs / 1000);
    for (const [key, metric] of this.metrics) {
      for (const at of metric.seconds.keys()) if (at < now - SECONDS_KEPT) metric.seconds.delete(at);
      for (const [at, bucket] of metric.minutes) {
        if (at >= now - MINUTES_KEPT_SECONDS) continue;
        const hour = at - (at % 3600);
        mergeBucket(this.bucketAt(metric.hours, hour), bucket);
        metric.minutes.delete(at);
        this.metricRecords.changed(key, 'hours', hour);
        this.metricRecords.changed(key, 'minutes', at);
      }
      for (const at of metric.hours.keys()) {
        if (at >= now - HOURS_KEPT_SECONDS) continue;
        metric.hours.delete(at);
        this.metricRecords.changed(key, 'hours', at);
      }
    }
    this.newBuckets = 0;
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
function keyOf(namespace: string, name: string, dimensions: Record<string, string>): string {
  const names = Object.keys(dimensions);
  if (names.length > 1) names.sort();
  let key = `${namespace}\n${name}`;
  for (const dimension of names) key += `\n${dimension}\n${dimensions[dimension]}`;
  return key;
}
