import { type ActionFactory, alarmAccess } from '../cloudwatch-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html */
export const disableAlarmActions: ActionFactory = (parts) => ({
  access: alarmAccess(parts, 'DisableAlarmActions', (input) => input.AlarmNames ?? []),
  handle: ({ AlarmNames = [] }) => parts.alarms.switchActions(AlarmNames, false),
});
