/**
 * Owns the buckets of a metric: adds values, merges what has grown old, reads periods. Old buckets are merged when the metric gets
 * its first value of an hour: what nobody adds to any more stays as it is.
 */
import { emptyBucket, mergeBucket } from './histogram';
import type { Bucket, Metric } from './model';

const SECONDS_KEPT = 3 * 3600;
const MINUTES_KEPT_SECONDS = 26 * 3600;
const HOURS_KEPT_SECONDS = 63 * 86_400;
/** Below this age of its start, a period is read from minutes alone; a little less than minutes are kept. */
const READ_FROM_MINUTES_SECONDS = 25 * 3600;

/** Is told of each bucket that was changed or is no more. */
export type BucketChanged = (resolution: 'minutes' | 'hours', at: number) => void;

/** Adds to the bucket of a second, and to that of its minute. */
export function addToMetric(
  metric: Metric,
  seconds: number,
  nowSeconds: number,
  change: (bucket: Bucket) => void,
  isHighResolution: boolean,
  changed: BucketChanged,
): void {
  if (isHighResolution) {
    if (!metric.seconds.has(seconds)) dropOlder(metric.seconds, nowSeconds - SECONDS_KEPT);
    change(bucketAt(metric.seconds, seconds));
  }
  const minute = seconds - (seconds % 60);
  if (hourOf(nowSeconds) !== hourOf(metric.lastUpdateMs / 1000)) mergeOld(metric, nowSeconds, changed);
  change(bucketAt(metric.minutes, minute));
  changed('minutes', minute);
}

/**
 * The values from one time up to another, in seconds, merged into one bucket; undefined when there are none. The histogram is of
 * use for percentiles alone.
 */
export function readPeriod(
  metric: Metric,
  start: number,
  end: number,
  nowSeconds: number,
  withHistogram: boolean,
): Bucket | undefined {
  const merge = new Merge(withHistogram);
  if (end - start < 60) {
    for (let at = start; at < end; at++) merge.add(metric.seconds.get(at));
    return merge.bucket;
  }
  if (start < nowSeconds - READ_FROM_MINUTES_SECONDS && metric.hours.size > 0) {
    eachBucket(metric.hours, 3600, start, end, merge);
  }
  eachBucket(metric.minutes, 60, start, end, merge);
  return merge.bucket;
}

/** Asks for each bucket that there could be, or goes through those that there are, whichever is less. */
function eachBucket(buckets: Map<number, Bucket>, width: number, start: number, end: number, merge: Merge): void {
  if ((end - start) / width <= buckets.size) {
    for (let at = Math.ceil(start / width) * width; at < end; at += width) merge.add(buckets.get(at));
  } else {
    for (const [at, bucket] of buckets) if (at >= start && at < end) merge.add(bucket);
  }
}

/** Copies nothing until there is a second bucket to merge. */
class Merge {
  bucket: Bucket | undefined;
  private isCopy = false;

  constructor(private readonly withHistogram: boolean) {}

  add(bucket: Bucket | undefined): void {
    if (!bucket) return;
    if (!this.bucket) {
      this.bucket = bucket;
      return;
    }
    if (!this.isCopy) {
      const copy = emptyBucket();
      mergeBucket(copy, this.bucket, this.withHistogram);
      this.bucket = copy;
      this.isCopy = true;
    }
    mergeBucket(this.bucket, bucket, this.withHistogram);
  }
}

function bucketAt(buckets: Map<number, Bucket>, at: number): Bucket {
  let bucket = buckets.get(at);
  if (!bucket) {
    bucket = emptyBucket();
    buckets.set(at, bucket);
  }
  return bucket;
}

function hourOf(seconds: number): number {
  return Math.floor(seconds / 3600);
}

/** Buckets lie in the order in which they were made, which is that of time but for values that came late. */
function mergeOld(metric: Metric, nowSeconds: number, changed: BucketChanged): void {
  for (const [at, bucket] of metric.minutes) {
    if (at >= nowSeconds - MINUTES_KEPT_SECONDS) break;
    const hour = at - (at % 3600);
    mergeBucket(bucketAt(metric.hours, hour), bucket);
    metric.minutes.delete(at);
    changed('hours', hour);
    changed('minutes', at);
  }
  for (const at of dropOlder(metric.hours, nowSeconds - HOURS_KEPT_SECONDS)) changed('hours', at);
}

function dropOlder(buckets: Map<number, Bucket>, limit: number): number[] {
  const dropped: number[] = [];
  for (const at of buckets.keys()) {
    if (at >= limit) break;
    buckets.delete(at);
    dropped.push(at);
  }
  return dropped;
}
