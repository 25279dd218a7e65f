import { type MetricDataQuery, QuerySet } from '../../../local/services/cloudwatch/metric-math/queries';
import type { Value } from '../../../local/services/cloudwatch/metric-math/values';

/** Minute 0 to 4 of the epoch; `x` marks a missing data point. */
const SERIES: Record<string, (number | 'x')[]> = {
  a: [1, 2, 'x', 4, 5],
  b: [10, 'x', 'x', 40, 0],
  errors1: [1, 1, 1, 1, 1],
  errors2: [2, 2, 2, 2, 2],
  empty: [],
};

const metric = (Id: string): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: 'Test', MetricName: Id }, Period: 60, Stat: 'Sum' },
});

const evaluate = (Expression: string): Value => {
  const read = (name: string) =>
    new Map(SERIES[name]!.flatMap((value, i) => (value === 'x' ? [] : [[i * 60, value] as const])));
  const queries = [...Object.keys(SERIES).map(metric), { Id: 'e', Expression }];
  const times = [0, 60, 120, 180, 240];
  return new QuerySet(queries, 60).evaluate('e', ({ Metric }) => read(Metric.MetricName), times);
};

const points = (value: Value): unknown => {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(points);
  return [0, 60, 120, 180, 240].map((at) => value.get(at) ?? 'x');
};

describe('metric math', () => {
  it.each<[string, unknown]>([
    ['a + b', [11, 'x', 'x', 44, 5]],
    ['a / b', [0.1, 'x', 'x', 0.1, 'x']],
    ['2 + 3 * 4 - 1', 13],
    ['(2 + 3) * 4', 20],
    ['2 ^ 3', 8],
    ['-a', [-1, -2, 'x', -4, -5]],
    ['a > 2', [0, 0, 'x', 1, 1]],
    ['a >= 2', [0, 1, 'x', 1, 1]],
    ['a == 2', [0, 1, 'x', 0, 0]],
    ['a != 2', [1, 0, 'x', 1, 1]],
    ['a > 1 AND a < 5', [0, 1, 'x', 1, 0]],
    ['a < 2 || a > 4', [1, 0, 'x', 0, 1]],
    ['a > 1 && b > 1', [0, 'x', 'x', 1, 0]],
    ['SUM(a)', 12],
    ['AVG(a)', 3],
    ['MIN(a)', 1],
    ['MAX(a)', 5],
    ['SUM(empty)', 0],
    ['SUM([a, b])', [11, 2, 'x', 44, 5]],
    ['MAX([a, b])', [10, 2, 'x', 40, 5]],
    ['AVG([errors1, errors2])', [1.5, 1.5, 1.5, 1.5, 1.5]],
    ['SUM(METRICS("errors"))', [3, 3, 3, 3, 3]],
    ['METRIC_COUNT(METRICS())', 5],
    ['DATAPOINT_COUNT(a)', 4],
    ['STDDEV(errors1)', 0],
    [
      '[a, b] * 2',
      [
        [2, 4, 'x', 8, 10],
        [20, 'x', 'x', 80, 0],
      ],
    ],
    ['ABS(a - 3)', [2, 1, 'x', 1, 2]],
    ['CEIL(a / 2)', [1, 1, 'x', 2, 3]],
    ['FLOOR(a / 2)', [0, 1, 'x', 2, 2]],
    ['FLOOR(2.5)', 2],
    ['DIFF(a)', ['x', 1, 'x', 2, 1]],
    ['DIFF_TIME(a)', ['x', 60, 'x', 120, 60]],
    ['RATE(a) * 60', ['x', 1, 'x', 1, 1]],
    ['RUNNING_SUM(a)', [1, 3, 'x', 7, 12]],
    ['FILL(a, 0)', [1, 2, 0, 4, 5]],
    ['FILL(b, REPEAT)', [10, 10, 10, 40, 0]],
    ['FILL(b, LINEAR)', [10, 20, 30, 40, 0]],
    ['FILL(empty, 0)', [0, 0, 0, 0, 0]],
    ['FILL(METRICS("b"), 1)', [[10, 1, 1, 40, 0]]],
    ['IF(a > 2, a, 0)', [0, 0, 'x', 4, 5]],
    ['IF(a > 2, b)', ['x', 'x', 'x', 40, 0]],
    ['IF(FILL(a, 0) < 1, 7, a)', [1, 2, 7, 4, 5]],
    ['IF(1, a, b)', [1, 2, 'x', 4, 5]],
    ['TIME_SERIES(3)', [3, 3, 3, 3, 3]],
    ['MINUTE(a)', [0, 1, 'x', 3, 4]],
    ['DAY(errors1)', [4, 4, 4, 4, 4]],
    ['EPOCH(a)', [0, 60, 'x', 180, 240]],
    ['PERIOD(a)', 60],
    ['FIRST([a, b])', [1, 2, 'x', 4, 5]],
    ['LAST([a, b])', [10, 'x', 'x', 40, 0]],
    ['REMOVE_EMPTY([a, empty])', [[1, 2, 'x', 4, 5]]],
    ['SORT([errors1, b], AVG, DESC, 1)', [[10, 'x', 'x', 40, 0]]],
    ['SLICE([a, b, errors1], 1, 2)', [[10, 'x', 'x', 40, 0]]],
  ])('%s', (expression, expected) => {
    expect(points(evaluate(expression))).toEqual(expected);
  });

  it.each<[string, RegExp]>([
    ['SEARCH(1)', /function SEARCH is not there/],
    ['nothing + 1', /names nothing/],
    ['[a, b] + [a, b]', /two arrays/],
    ['a +', /not complete/],
    ['a ) b', /unexpected \)/],
    ['a # b', /unexpected #/],
    ['e + 1', /depends on itself/],
    ['FILL(a)', /argument is missing/],
    ['RATE(1)', /takes a time series/],
    ['SUM(a, b)', /takes one argument/],
  ])('rejects %s', (expression, message) => {
    expect(() => evaluate(expression)).toThrow(message);
  });
});
