import { invalidParameterValue } from './faults';
import { percentile } from './histogram';
import type { Bucket } from './model';

type Statistic = (bucket: Bucket) => number;

const STATISTICS: Record<string, Statistic> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
};

/** A statistic by its name; percentiles as `p50`, `p99.9`. Throws InvalidParameterValue for the others (`TM`, `WM`, `PR`, `IQM`). */
export function statisticOf(name: string): Statistic {
  const simple = STATISTICS[name];
  if (simple) return simple;
  const percent = Number(/^p(\d{1,3}(?:\.\d+)?)$/i.exec(name)?.[1]);
  if (percent >= 0 && percent <= 100) return (bucket) => percentile(bucket, percent);
  throw invalidParameterValue(
    `The statistic ${name} is not emulated: use ${Object.keys(STATISTICS).join(', ')} or a percentile such as p99.`,
  );
}

/** Whether a statistic needs to know more than count, sum, least and most. */
export function isPercentile(name: string): boolean {
  return !Object.hasOwn(STATISTICS, name);
}

/** Throws InvalidParameterValue for a period that CloudWatch does not take. */
export function checkPeriod(period: unknown): number {
  const seconds = Number(period);
  if (![1, 5, 10, 20, 30].includes(seconds) && !(seconds >= 60 && seconds % 60 === 0)) {
    throw invalidParameterValue(
      `The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60 (seconds), not ${period}.`,
    );
  }
  return seconds;
}
