/** Owns the functions of metric math that make one time series of another. */
import { inOrder, MathError, type MathScope, put, type Series, type Value } from './values';

type SeriesFunction = (value: number, at: number) => number;

const at =
  (of: (date: Date) => number): SeriesFunction =>
  (_, seconds) =>
    of(new Date(seconds * 1000));

/** Value by value. The parts of a date are in UTC; days of the week count from Monday, 1. */
export const BY_VALUE: Readonly<Record<string, SeriesFunction>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  LOG: Math.log,
  LOG10: Math.log10,
  MINUTE: at((date) => date.getUTCMinutes()),
  HOUR: at((date) => date.getUTCHours()),
  DAY: at((date) => date.getUTCDay() || 7),
  DATE: at((date) => date.getUTCDate()),
  MONTH: at((date) => date.getUTCMonth() + 1),
  YEAR: at((date) => date.getUTCFullYear()),
  EPOCH: (_, seconds) => seconds,
};

/** From each value and the one before it; the first has none before it. */
export const BY_STEP: Readonly<Record<string, (step: { value: number; seconds: number }) => number>> = {
  DIFF: ({ value }) => value,
  DIFF_TIME: ({ seconds }) => seconds,
  RATE: ({ value, seconds }) => value / seconds,
};

/** Applies a function of {@link BY_STEP}. */
export function steps(series: Series, of: (step: { value: number; seconds: number }) => number): Series {
  const result: Series = new Map();
  let before: [number, number] | undefined;
  for (const [time, value] of inOrder(series)) {
    if (before) put(result, time, of({ value: value - before[1], seconds: time - before[0] }));
    before = [time, value];
  }
  return result;
}

/** RUNNING_SUM: the sum of all values up to each. */
export function runningSum(series: Series): Series {
  const result: Series = new Map();
  let sum = 0;
  for (const [time, value] of inOrder(series)) {
    sum += value;
    result.set(time, sum);
  }
  return result;
}

/** FILL: gives the periods without a data point a number, the value of another series, the last value before, or one on the line between two. */
export function fill(series: Series, filler: Value | 'REPEAT' | 'LINEAR', { times }: MathScope): Series {
  if (Array.isArray(filler)) throw new MathError('FILL takes a number, a time series, REPEAT or LINEAR');
  if (filler === 'LINEAR') return fillLines(series, times);
  const result: Series = new Map();
  let last: number | undefined;
  for (const time of times) {
    const own = series.get(time);
    last = own ?? last;
    const value = own ?? (filler === 'REPEAT' ? last : typeof filler === 'number' ? filler : filler.get(time));
    if (value !== undefined) result.set(time, value);
  }
  return result;
}

function fillLines(series: Series, times: readonly number[]): Series {
  const known = inOrder(series);
  const result: Series = new Map();
  let next = 0;
  for (const time of times) {
    while (next < known.length && known[next]![0] < time) next++;
    const [before, after] = [known[next - 1], known[next]];
    const own = series.get(time);
    if (own !== undefined) result.set(time, own);
    else if (before && after) {
      const part = (time - before[0]) / (after[0] - before[0]);
      result.set(time, before[1] + part * (after[1] - before[1]));
    }
  }
  return result;
}

/** TIME_SERIES: the number at every period. */
export function everywhere(value: number, { times }: MathScope): Series {
  return new Map(times.map((time) => [time, value]));
}
