import { type ActionFactory, anyAccess, readDimensions, readTime } from '../cloudwatch-parts';
import { invalidParameterCombination, invalidParameterValue } from '../faults';
import { evaluateExpression, type Series } from '../metric-math';
import { checkPeriod, statisticOf } from '../statistic';

interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: string }[] };
    readonly Period: number;
    readonly Stat: string;
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export const getMetricData: ActionFactory = ({ store }) => ({
  access: anyAccess('GetMetricData'),
  handle(input: { StartTime: unknown; EndTime: unknown; ScanBy?: string; MetricDataQueries?: Query[] }) {
    const start = readTime('StartTime', input.StartTime) / 1000;
    const end = readTime('EndTime', input.EndTime) / 1000;
    if (start >= end) throw invalidParameterValue('The parameter StartTime must be less than the parameter EndTime.');
    const queries = input.MetricDataQueries ?? [];
    const series = new Map<string, Series>();
    for (const { Id, MetricStat } of queries) {
      if (!/^[a-z]\w*$/.test(Id ?? '')) {
        throw invalidParameterValue(`The Id of a query must begin with a lowercase letter: ${Id}`);
      }
      if (!MetricStat) continue;
      const statistic = statisticOf(MetricStat.Stat);
      const { Metric } = MetricStat;
      const metric = store.metric(Metric.Namespace, Metric.MetricName, readDimensions(Metric.Dimensions));
      const periods = metric ? store.read(metric, start, end, checkPeriod(MetricStat.Period)) : new Map();
      series.set(Id, new Map([...periods].map(([at, bucket]) => [at, statistic(bucket)])));
    }
    const results = queries.map(({ Id, Expression, Label, MetricStat, ReturnData }) => {
      if (Boolean(Expression) === Boolean(MetricStat)) {
        throw invalidParameterCombination(`Query ${Id} must have either MetricStat or Expression.`);
      }
      const values = Expression ? evaluateExpression(Expression, series) : series.get(Id)!;
      series.set(Id, values);
      return { Id, Label: Label ?? MetricStat?.Metric.MetricName ?? Id, values, ReturnData };
    });
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
