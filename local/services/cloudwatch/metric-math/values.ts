/**
 * Owns the values of metric math: numbers, time series and lists of time series.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax
 */

/** Values of a query by the start of their period, in seconds since the epoch. */
export type Series = Map<number, number>;

/** What an expression yields. */
export type Value = number | Series | Series[];

/** What an expression is evaluated in. */
export interface MathScope {
  /** What another query yields, by id. Throws MathError when there is none. */
  valueOf(id: string): Value;
  /** The ids that are metrics, not expressions: what METRICS() gives. */
  readonly metricIds: readonly string[];
  /** The starts of all periods of the request, ascending. */
  readonly times: readonly number[];
  readonly periodSeconds: number;
}

/** Something is wrong with an expression; the message says what. */
export class MathError extends Error {
  override readonly name = 'MathError';
}

/** Applies a function to each value; a result that is no number (a division by zero) yields no data point. */
export function mapSeries(series: Series, of: (value: number, at: number) => number): Series {
  const result: Series = new Map();
  for (const [at, value] of series) put(result, at, of(value, at));
  return result;
}

/** Combines two operands as AWS does: two series at the times that both have, a list member by member, never two lists. */
export function combine(left: Value, right: Value, of: (a: number, b: number) => number): Value {
  if (Array.isArray(left)) {
    if (Array.isArray(right)) throw new MathError('an operator cannot combine two arrays of time series');
    return left.map((member) => combine(member, right, of) as Series);
  }
  if (Array.isArray(right)) return right.map((member) => combine(left, member, of) as Series);
  if (typeof left === 'number') {
    return typeof right === 'number' ? of(left, right) : mapSeries(right, (value) => of(left, value));
  }
  if (typeof right === 'number') return mapSeries(left, (value) => of(value, right));
  const result: Series = new Map();
  for (const [at, a] of left) {
    const b = right.get(at);
    if (b !== undefined) put(result, at, of(a, b));
  }
  return result;
}

/** Adds a data point, unless its value is no number. */
export function put(series: Series, at: number, value: number): void {
  if (Number.isFinite(value)) series.set(at, value);
}

/** The data points in order of time. */
export function inOrder(series: Series): [at: number, value: number][] {
  return [...series].sort(([a], [b]) => a - b);
}
