import type { Bucket } from './model';

/** Values of one class differ by at most 2 %: percentiles are exact to 1 %. */
const GROWTH = Math.log(1.02);
/** Classes of negative values lie below this, that of zero is 0. */
const ZERO_CLASS = 0;
const OFFSET = 40_000;

/** A bucket without values. */
export function emptyBucket(): Bucket {
  return { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, histogram: {} };
}

/** Adds a value that occurred `count` times. */
export function addValue(bucket: Bucket, value: number, count = 1): void {
  bucket.count += count;
  bucket.sum += value * count;
  if (value < bucket.min) bucket.min = value;
  if (value > bucket.max) bucket.max = value;
  const key = classOf(value);
  bucket.histogram[key] = (bucket.histogram[key] ?? 0) + count;
}

/** Adds all values of another bucket. */
export function mergeBucket(into: Bucket, from: Bucket): void {
  into.count += from.count;
  into.sum += from.sum;
  into.min = Math.min(into.min, from.min);
  into.max = Math.max(into.max, from.max);
  for (const [key, count] of Object.entries(from.histogram)) {
    into.histogram[Number(key)] = (into.histogram[Number(key)] ?? 0) + count;
  }
}

/** The value below which `percent` of the values lie, to 1 %. */
export function percentile(bucket: Bucket, percent: number): number {
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
