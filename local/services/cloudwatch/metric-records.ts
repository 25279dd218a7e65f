/**
 * Owns what the journal knows of metrics: one record for each metric, one for each bucket of a minute or an hour. Buckets of
 * seconds are not kept: they are of use for three hours.
 */
import type { Journal, JournalCollection } from '../../kernel/journal';
import type { Bucket, Metric, MetricHead } from './model';

type Resolution = 'minutes' | 'hours';

interface Change {
  readonly metric: string;
  readonly resolution: Resolution;
  readonly at: number;
}

/** The records of metrics. What changes is written when {@link write} is called, and until then only noted. */
export class MetricRecords {
  private readonly heads: JournalCollection<MetricHead>;
  private readonly buckets: Readonly<Record<Resolution, JournalCollection<Bucket>>>;
  private readonly changes = new Map<string, Change>();
  private readonly isDurable: boolean;

  constructor(journal: Journal) {
    this.isDurable = journal.isDurable;
    this.heads = journal.collection('cloudwatch.metrics');
    this.buckets = {
      minutes: journal.collection('cloudwatch.minutes'),
      hours: journal.collection('cloudwatch.hours'),
    };
  }

  /** The metrics that an earlier process left. */
  restored(): Map<string, Metric> {
    const metrics = new Map<string, Metric>();
    for (const [key, head] of this.heads.restored()) {
      metrics.set(key, { ...head, seconds: new Map(), minutes: new Map(), hours: new Map() });
    }
    for (const resolution of ['minutes', 'hours'] as const) {
      for (const [key, bucket] of this.buckets[resolution].restored()) {
        const end = key.lastIndexOf('\n@');
        metrics.get(key.slice(0, end))?.[resolution].set(Number(key.slice(end + 2)), bucket);
      }
    }
    return metrics;
  }

  /** Notes that a bucket was changed, or is no more. */
  changed(metric: string, resolution: Resolution, at: number): void {
    if (!this.isDurable) return;
    const key = `${resolution} ${recordKey(metric, at)}`;
    if (!this.changes.has(key)) this.changes.set(key, { metric, resolution, at });
  }

  /** Drops a metric with all of its buckets. */
  forgotten(key: string, { minutes, hours }: Metric): void {
    this.heads.delete(key);
    for (const at of minutes.keys()) this.buckets.minutes.delete(recordKey(key, at));
    for (const at of hours.keys()) this.buckets.hours.delete(recordKey(key, at));
  }

  /** Tells the journal of all that has changed since the last time. */
  write(metrics: ReadonlyMap<string, Metric>): void {
    for (const { metric: key, resolution, at } of this.changes.values()) {
      const metric = metrics.get(key);
      if (!metric) continue;
      const bucket = metric[resolution].get(at);
      if (bucket) this.buckets[resolution].put(recordKey(key, at), bucket);
      else this.buckets[resolution].delete(recordKey(key, at));
      this.heads.put(key, headOf(metric));
    }
    this.changes.clear();
  }
}

function recordKey(metric: string, at: number): string {
  return `${metric}\n@${at}`;
}

function headOf({ namespace, name, dimensions, unit, lastUpdateMs }: Metric): MetricHead {
  return { namespace, name, dimensions, unit, lastUpdateMs };
}
