import { type ActionFactory, alarmAccess } from '../cloudwatch-parts';
import { alarmNotFound } from '../faults';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html: all that are named, or none. */
export const deleteAlarms: ActionFactory = (parts) => ({
  access: alarmAccess(parts, 'DeleteAlarms', (input) => input.AlarmNames ?? []),
  handle({ AlarmNames = [] }: { AlarmNames?: string[] }) {
    const missing = AlarmNames.find((name) => !parts.store.alarm(name));
    if (missing !== undefined) throw alarmNotFound(missing);
    for (const name of AlarmNames) parts.store.removeAlarm(name);
  },
});
