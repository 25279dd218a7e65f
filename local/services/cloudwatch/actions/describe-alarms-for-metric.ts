import { type ActionFactory, listDimensions, readDimensions } from '../cloudwatch-parts';
import { describeAlarm } from '../describe-alarm';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html: not those of metric math. */
export const describeAlarmsForMetric: ActionFactory = ({ store, host }) => ({
  access: () => [
    {
      action: 'cloudwatch:DescribeAlarmsForMetric',
      resource: `arn:aws:cloudwatch:${host.region}:${host.accountId}:alarm:*`,
    },
  ],
  handle(input) {
    const wanted = dimensionsText(readDimensions(input.Dimensions));
    const MetricAlarms = store
      .listAlarms()
      .filter(({ properties }) => properties.MetricName === input.MetricName)
      .filter(({ properties }) => properties.Namespace === input.Namespace)
      .filter(({ properties }) => dimensionsText(readDimensions(properties.Dimensions as never)) === wanted)
      .filter(({ properties }) => !input.Statistic || properties.Statistic === input.Statistic)
      .filter(({ properties }) => !input.Period || Number(properties.Period) === input.Period)
      .map(describeAlarm);
    return { MetricAlarms };
  },
});

function dimensionsText(dimensions: Record<string, string>): string {
  return JSON.stringify(listDimensions(dimensions).sort((a, b) => (a.Name < b.Name ? -1 : 1)));
}
