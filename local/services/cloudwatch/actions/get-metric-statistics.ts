import { readDimensions, readTime } from '../api-values';
import { type ActionFactory, anyAccess } from '../cloudwatch-parts';
import { invalidParameterCombination, invalidParameterValue } from '../faults';
import { checkPeriod, statisticOf } from '../statistic';

const MAX_DATAPOINTS = 1440;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
export const getMetricStatistics: ActionFactory = ({ store }) => ({
  access: anyAccess('GetMetricStatistics'),
  handle(input) {
    const start = readTime('StartTime', input.StartTime) / 1000;
    const end = readTime('EndTime', input.EndTime) / 1000;
    const period = checkPeriod(input.Period);
    if (start >= end) throw invalidParameterValue('The parameter StartTime must be less than the parameter EndTime.');
    if ((end - start) / period > MAX_DATAPOINTS) {
      throw invalidParameterCombination(
        `You have requested up to ${Math.ceil((end - start) / period)} datapoints, which exceeds the limit of ${MAX_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const { Statistics = [], ExtendedStatistics = [] } = input;
    if (Statistics.length + ExtendedStatistics.length === 0) {
      throw invalidParameterCombination('Must specify either Statistics or ExtendedStatistics');
    }
    const simple = (Statistics as string[]).map((name) => [name, statisticOf(name)] as const);
    const extended = (ExtendedStatistics as string[]).map((name) => [name, statisticOf(name)] as const);
    const metric = store.metric(input.Namespace, input.MetricName, readDimensions(input.Dimensions));
    const periods = metric ? store.read(metric, start, end, period) : new Map();
    const Datapoints = [...periods]
      .sort(([a], [b]) => a - b)
      .map(([Timestamp, bucket]) => ({
        Timestamp,
        Unit: metric?.unit,
        ...Object.fromEntries(simple.map(([name, of]) => [name, of(bucket)])),
        ...(extended.length > 0
          ? { ExtendedStatistics: Object.fromEntries(extended.map(([name, of]) => [name, of(bucket)])) }
          : {}),
      }));
    return { Label: input.MetricName, Datapoints };
  },
});
