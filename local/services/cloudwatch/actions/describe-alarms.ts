import { page } from '../api-values';
import type { ActionFactory } from '../cloudwatch-parts';
import { describeAlarm } from '../describe-alarm';
import { validationError } from '../faults';
import type { Alarm } from '../model';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export const describeAlarms: ActionFactory = ({ alarms, host }) => ({
  access: () => [
    { action: 'cloudwatch:DescribeAlarms', resource: `arn:aws:cloudwatch:${host.region}:${host.accountId}:alarm:*` },
  ],
  handle(input) {
    const {
      AlarmNames,
      AlarmNamePrefix = '',
      ActionPrefix,
      StateValue,
      ChildrenOfAlarmName,
      ParentsOfAlarmName,
    } = input;
    const types: string[] = input.AlarmTypes ?? ['MetricAlarm'];
    if (ChildrenOfAlarmName !== undefined || ParentsOfAlarmName !== undefined) {
      throw validationError('ChildrenOfAlarmName and ParentsOfAlarmName are not emulated.');
    }
    const found = alarms.store
      .listAlarms()
      .filter(({ AlarmName }) => !AlarmNames || AlarmNames.includes(AlarmName))
      .filter(({ AlarmName }) => AlarmName.startsWith(AlarmNamePrefix))
      .filter(({ kind }) => types.includes(kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'))
      .filter(({ state }) => !StateValue || StateValue === state.value)
      .filter((alarm) => !ActionPrefix || actionsOf(alarm).some((action) => action.startsWith(ActionPrefix)));
    const { items, NextToken } = page(found, input.NextToken, input.MaxRecords ?? 50);
    return {
      MetricAlarms: items.filter(({ kind }) => kind === 'metric').map(describeAlarm),
      CompositeAlarms: items.filter(({ kind }) => kind === 'composite').map(describeAlarm),
      NextToken,
    };
  },
});

function actionsOf({ properties }: Alarm): string[] {
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = properties;
  return [...OKActions, ...AlarmActions, ...InsufficientDataActions];
}
