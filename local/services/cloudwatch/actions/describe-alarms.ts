import { type ActionFactory, page } from '../cloudwatch-parts';
import { describeAlarm, stateOf } from '../describe-alarm';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html; alarms are in the state that was set by hand. */
export const describeAlarms: ActionFactory = ({ store, host }) => ({
  access: () => [
    { action: 'cloudwatch:DescribeAlarms', resource: `arn:aws:cloudwatch:${host.region}:${host.accountId}:alarm:*` },
  ],
  handle(input) {
    const types: string[] = input.AlarmTypes ?? ['MetricAlarm'];
    const found = store
      .listAlarms()
      .filter(({ AlarmName }) => !input.AlarmNames || input.AlarmNames.includes(AlarmName))
      .filter(({ AlarmName }) => AlarmName.startsWith(input.AlarmNamePrefix ?? ''))
      .filter(({ kind }) => types.includes(kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'))
      .filter((alarm) => !input.StateValue || input.StateValue === stateOf(alarm));
    const { items, NextToken } = page(found, input.NextToken, input.MaxRecords ?? 50);
    return {
      MetricAlarms: items.filter(({ kind }) => kind === 'metric').map(describeAlarm),
      CompositeAlarms: items.filter(({ kind }) => kind === 'composite').map(describeAlarm),
      NextToken,
    };
  },
});
