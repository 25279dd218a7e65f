import { type ActionFactory, alarmAccess } from '../cloudwatch-parts';
import { alarmNotFound, validationError } from '../faults';

const MOST_ALARMS = 100;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html: those that are there are deleted, whatever else is named. */
export const deleteAlarms: ActionFactory = (parts) => ({
  access: alarmAccess(parts, 'DeleteAlarms', (input) => input.AlarmNames ?? []),
  handle({ AlarmNames = [] }: { AlarmNames?: string[] }) {
    const { alarms } = parts;
    if (AlarmNames.length > MOST_ALARMS) {
      throw validationError(`The collection AlarmNames must not have a size greater than ${MOST_ALARMS}.`);
    }
    const composites = AlarmNames.filter((name) => alarms.store.alarm(name)?.kind === 'composite');
    if (composites.length > 1) throw validationError('Cannot delete more than one composite alarm in one operation.');
    const missing = AlarmNames.find((name) => !alarms.store.alarm(name));
    // A composite alarm first: it may be what keeps the others.
    for (const name of composites) alarms.delete(name);
    for (const name of AlarmNames) alarms.delete(name);
    if (missing !== undefined) throw alarmNotFound(missing);
  },
});
