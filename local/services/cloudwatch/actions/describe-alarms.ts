import { type ActionFactory, page } from '../cloudwatch-parts';
import type { Alarm } from '../model';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html; alarms stay in INSUFFICIENT_DATA. */
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
      .filter(() => !input.StateValue || input.StateValue === 'INSUFFICIENT_DATA');
    const { items, NextToken } = page(found, input.NextToken, input.MaxRecords ?? 50);
    return {
      MetricAlarms: items.filter(({ kind }) => kind === 'metric').map(describe),
      CompositeAlarms: items.filter(({ kind }) => kind === 'composite').map(describe),
      NextToken,
    };
  },
});

function describe({ AlarmName, AlarmArn, properties, updatedMs }: Alarm): object {
  return {
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    ...properties,
    AlarmName,
    AlarmArn,
    AlarmConfigurationUpdatedTimestamp: updatedMs / 1000,
    StateValue: 'INSUFFICIENT_DATA',
    StateReason: 'Unchecked: Initial alarm creation',
    StateUpdatedTimestamp: updatedMs / 1000,
  };
}
