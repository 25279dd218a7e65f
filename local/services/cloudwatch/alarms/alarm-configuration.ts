/** Owns an alarm's configuration as the events and the calls of functions carry it. */
import type { Alarm } from '../model';
import { readAlarmSettings } from './alarm-settings';

/** `detail.configuration` of an event: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export function alarmConfiguration({ AlarmName, kind, properties }: Alarm): object {
  const description = properties.AlarmDescription && { description: properties.AlarmDescription };
  if (kind === 'composite') {
    return {
      ...description,
      alarmRule: properties.AlarmRule,
      ...(properties.ActionsSuppressor && {
        actionsSuppressor: properties.ActionsSuppressor,
        actionsSuppressorWaitPeriod: properties.ActionsSuppressorWaitPeriod,
        actionsSuppressorExtensionPeriod: properties.ActionsSuppressorExtensionPeriod,
      }),
    };
  }
  const { watched, periodSeconds } = readAlarmSettings(properties);
  if (watched.kind === 'metric') {
    const { namespace, name, dimensions } = watched.metric;
    const metricStat = {
      metric: { namespace, name, dimensions },
      period: periodSeconds,
      stat: watched.statistic,
      ...(properties.Unit && { unit: properties.Unit }),
    };
    return { ...description, metrics: [{ id: AlarmName, metricStat, returnData: true }] };
  }
  const metrics = watched.queries.map(({ Id, Expression, Label, MetricStat, ReturnData = true }) => ({
    id: Id,
    ...(Expression && { expression: Expression }),
    ...(Label && { label: Label }),
    ...(MetricStat && {
      metricStat: {
        metric: {
          namespace: MetricStat.Metric.Namespace,
          name: MetricStat.Metric.MetricName,
          dimensions: Object.fromEntries((MetricStat.Metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
        },
        period: MetricStat.Period,
        stat: MetricStat.Stat,
      },
    }),
    returnData: ReturnData,
  }));
  return { ...description, metrics };
}
