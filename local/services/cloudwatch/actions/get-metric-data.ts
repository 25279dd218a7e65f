import { readDimensions, readTime } from '../api-values';
import { type ActionFactory, anyAccess } from '../cloudwatch-parts';
import { invalidParameterCombination, invalidParameterValue } from '../faults';
import { type MetricDataQuery, type MetricStat, QuerySet } from '../metric-math/queries';
import { MathError, type Series, type Value } from '../metric-math/values';
import type { Bucket } from '../model';
import { checkPeriod, statisticOf } from '../statistic';

interface GetMetricDataInput {
  readonly StartTime: unknown;
  readonly EndTime: unknown;
  readonly ScanBy?: string;
  readonly MetricDataQueries?: MetricDataQuery[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export const getMetricData: ActionFactory = ({ store }) => ({
  access: anyAccess('GetMetricData'),
  handle(input: GetMetricDataInput) {
    const start = readTime('StartTime', input.StartTime) / 1000;
    const end = readTime('EndTime', input.EndTime) / 1000;
    if (start >= end) throw invalidParameterValue('The parameter StartTime must be less than the parameter EndTime.');
    const queries = input.MetricDataQueries ?? [];
    for (const query of queries) checkQuery(query);
    const read = ({ Metric, Period, Stat }: MetricStat): Series => {
      const statistic = statisticOf(Stat);
      const metric = store.metric(Metric.Namespace, Metric.MetricName, readDimensions(Metric.Dimensions));
      const periods: Map<number, Bucket> = metric ? store.read(metric, start, end, checkPeriod(Period)) : new Map();
      return new Map([...periods].map(([at, bucket]) => [at, statistic(bucket)]));
    };
    const period = periodOf(queries);
    const set = new QuerySet(queries, period);
    const times = timesBetween(start, end, period);
    const results = queries.flatMap((query) => resultsOf(query, (id) => set.evaluate(id, read, times)));
    const sign = input.ScanBy === 'TimestampAscending' ? 1 : -1;
    return {
      MetricDataResults: results
        .filter(({ ReturnData = true }) => ReturnData)
        .map(({ Id, Label, values }) => {
          const points = [...values].sort(([a], [b]) => sign * (a - b));
          return {
            Id,
            Label,
            StatusCode: 'Complete',
            Timestamps: points.map(([at]) => at),
            Values: points.map(([, value]) => value),
          };
        }),
      Messages: [],
    };
  },
});

function checkQuery({ Id, Expression, MetricStat }: MetricDataQuery): void {
  if (!/^[a-z]\w*$/.test(Id ?? '')) {
    throw invalidParameterValue(`The Id of a query must begin with a lowercase letter: ${Id}`);
  }
  if (Boolean(Expression) === Boolean(MetricStat)) {
    throw invalidParameterCombination(`Query ${Id} must have either MetricStat or Expression.`);
  }
  if (!MetricStat) return;
  statisticOf(MetricStat.Stat);
  checkPeriod(MetricStat.Period);
}

/** An expression that yields a list has one result for each member. */
function resultsOf(
  { Id, Expression, Label, MetricStat, ReturnData }: MetricDataQuery,
  evaluate: (id: string) => Value,
) {
  const label = Label ?? MetricStat?.Metric.MetricName ?? Id;
  const value = checked(Expression, () => evaluate(Id));
  if (typeof value === 'number') {
    throw invalidParameterValue(`The expression ${Expression} does not yield a time series.`);
  }
  const members = value instanceof Map ? [value] : value;
  return members.map((values) => ({ Id, Label: label, values, ReturnData }));
}

function checked(expression: string | undefined, evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    throw invalidParameterValue(`The expression ${expression} is not emulated or has an error: ${error.message}.`);
  }
}

/** The longest period of the metrics: functions that go through all periods go by it. */
function periodOf(queries: readonly MetricDataQuery[]): number {
  const periods = queries.map(({ MetricStat, Period }) => Number(MetricStat?.Period ?? Period ?? 0));
  return Math.max(...periods, 0) || 60;
}

function timesBetween(start: number, end: number, period: number): number[] {
  const times: number[] = [];
  for (let at = start - (start % period); at < end; at += period) times.push(at);
  return times;
}
