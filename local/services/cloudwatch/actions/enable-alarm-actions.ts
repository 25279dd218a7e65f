import { type ActionFactory, alarmAccess } from '../cloudwatch-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html */
export const enableAlarmActions: ActionFactory = (parts) => ({
  access: alarmAccess(parts, 'EnableAlarmActions', (input) => input.AlarmNames ?? []),
  handle: ({ AlarmNames = [] }) => parts.alarms.switchActions(AlarmNames, true),
});
