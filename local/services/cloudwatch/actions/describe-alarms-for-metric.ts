import { metricsOf, readAlarmSettings } from '../alarms/alarm-settings';
import { listDimensions, readDimensions } from '../api-values';
import type { ActionFactory } from '../cloudwatch-parts';
import { describeAlarm } from '../describe-alarm';
import type { Alarm } from '../model';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html */
export const describeAlarmsForMetric: ActionFactory = ({ alarms, host }) => ({
  access: () => [
    {
      action: 'cloudwatch:DescribeAlarmsForMetric',
      resource: `arn:aws:cloudwatch:${host.region}:${host.accountId}:alarm:*`,
    },
  ],
  handle(input) {
    const wanted = dimensionsText(readDimensions(input.Dimensions));
    const watches = ({ properties }: Alarm) =>
      metricsOf(readAlarmSettings(properties)).some(
        ({ namespace, name, dimensions }) =>
          namespace === input.Namespace && name === input.MetricName && dimensionsText(dimensions) === wanted,
      );
    const MetricAlarms = alarms.store
      .listAlarms()
      .filter((alarm) => alarm.kind === 'metric' && watches(alarm))
      .filter(({ properties }) => !input.Statistic || properties.Statistic === input.Statistic)
      .filter(({ properties }) => !input.ExtendedStatistic || properties.ExtendedStatistic === input.ExtendedStatistic)
      .filter(({ properties }) => !input.Period || Number(properties.Period) === input.Period)
      .map(describeAlarm);
    return { MetricAlarms };
  },
});

function dimensionsText(dimensions: Record<string, string>): string {
  return JSON.stringify(listDimensions(dimensions).sort((a, b) => (a.Name < b.Name ? -1 : 1)));
}
