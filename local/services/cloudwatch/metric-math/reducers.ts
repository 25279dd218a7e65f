/** Owns the functions of metric math that make one number of many: of a time series, or of the members of a list at each time. */
import { MathError, put, type Series, type Value } from './values';

type Reducer = (values: readonly number[]) => number;

const sum: Reducer = (values) => values.reduce((total, value) => total + value, 0);
const average: Reducer = (values) => sum(values) / values.length;

/** STDDEV is that of the whole population. */
export const REDUCERS: Readonly<Record<string, Reducer>> = {
  SUM: sum,
  AVG: average,
  MIN: (values) => values.reduce((least, value) => Math.min(least, value)),
  MAX: (values) => values.reduce((most, value) => Math.max(most, value)),
  STDDEV: (values) => {
    const mean = average(values);
    return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
  },
  DATAPOINT_COUNT: (values) => values.length,
};

/** Of a series, a number (0 when it is empty); of a list, a series of what its members have at each time. */
export function reduce(value: Value, reducer: Reducer): Value {
  if (typeof value === 'number') throw new MathError('the function takes a time series or an array of time series');
  if (value instanceof Map) return value.size === 0 ? 0 : reducer([...value.values()]);
  const result: Series = new Map();
  for (const at of new Set(value.flatMap((member) => [...member.keys()]))) {
    put(result, at, reducer(value.map((member) => member.get(at)).filter((found) => found !== undefined)));
  }
  return result;
}

/** SORT(list, function, ASC or DESC, how many): by the number that the function makes of each member. */
export function sortSeries(list: Series[], by: string, direction: string, limit = list.length): Series[] {
  const reducer = REDUCERS[by];
  if (!reducer || !['ASC', 'DESC'].includes(direction)) throw new MathError(`SORT does not take ${by}, ${direction}`);
  const sign = direction === 'ASC' ? 1 : -1;
  const keyed = list.map((series) => ({ series, key: reduce(series, reducer) as number }));
  return keyed
    .sort((a, b) => sign * (a.key - b.key))
    .slice(0, limit)
    .map(({ series }) => series);
}
