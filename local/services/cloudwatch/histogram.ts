import type { Bucket } from './model';

/** Values of one class differ by at most 2 %: percentiles are exact to 1 %. */
const GROWTH = Math.log(1.02);
/** Classes of negative values lie below this, that of zero is 0. */
const ZERO_CLASS = 0;
const OFFSET = 40_000;

/** A bucket without values. */
export function emptyBucket(): Bucket {
  return { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
}

/** Adds a value that occurred `count` times. */
export function addValue(bucket: Bucket, value: number, count = 1): void {
  if (bucket.histogram || (bucket.count > 0 && value !== bucket.min)) {
    const histogram = histogramOf(bucket);
    const key = classOf(value);
    histogram[key] = (histogram[key] ?? 0) + count;
  }
  bucket.count += count;
  bucket.sum += value * count;
  if (value < bucket.min) bucket.min = value;
  if (value > bucket.max) bucket.max = value;
}

/** Adds all values of another bucket. Without the histogram percentiles are lost; it is most of the work. */
export function mergeBucket(into: Bucket, from: Bucket, withHistogram = true): void {
  if (from.count === 0) return;
  if (withHistogram) mergeHistogram(into, from);
  into.count += from.count;
  into.sum += from.sum;
  if (from.min < into.min) into.min = from.min;
  if (from.max > into.max) into.max = from.max;
}

function mergeHistogram(into: Bucket, from: Bucket): void {
  const isOneValue = !into.histogram && !from.histogram && (into.count === 0 || into.min === from.min);
  if (isOneValue) return;
  const histogram = histogramOf(into);
  const added = from.histogram ?? { [classOf(from.min)]: from.count };
  for (const key in added) histogram[key] = (histogram[key] ?? 0) + added[key]!;
}

/** The value below which `percent` of the values lie, to 1 %. */
export function percentile(bucket: Bucket, percent: number): number {
  if (!bucket.histogram) return bucket.min;
  const keys = Object.keys(bucket.histogram).map(Number);
  keys.sort((a, b) => magnitudeOf(a) - magnitudeOf(b));
  const rank = (percent / 100) * bucket.count;
  let seen = 0;
  for (const key of keys) {
    seen += bucket.histogram[key]!;
    if (seen >= rank) return Math.min(bucket.max, Math.max(bucket.min, magnitudeOf(key)));
  }
  return bucket.max;
}

/** Made when a bucket gets a second value: most have one, and a histogram is larger than all the rest. */
export function histogramOf(bucket: Bucket): Record<number, number> {
  bucket.histogram ??= bucket.count > 0 ? { [classOf(bucket.min)]: bucket.count } : {};
  return bucket.histogram;
}

/** Positive values have classes around OFFSET, negative ones the same with a minus. */
function classOf(value: number): number {
  if (value === 0) return ZERO_CLASS;
  const magnitude = OFFSET + Math.round(Math.log(Math.abs(value)) / GROWTH);
  return value > 0 ? magnitude : -magnitude;
}

function magnitudeOf(key: number): number {
  if (key === ZERO_CLASS) return 0;
  const magnitude = Math.exp((Math.abs(key) - OFFSET) * GROWTH);
  return key > 0 ? magnitude : -magnitude;
}
