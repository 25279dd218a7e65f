import { type ActionFactory, alarmAccess } from '../cloudwatch-parts';
import { alarmNotFound, invalidParameterValue, missingParameter } from '../faults';

const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html: no action is carried out. */
export const setAlarmState: ActionFactory = (parts) => ({
  access: alarmAccess(parts, 'SetAlarmState', (input) => [input.AlarmName]),
  handle({ AlarmName, StateValue, StateReason, StateReasonData }) {
    const alarm = parts.store.alarm(AlarmName);
    if (!alarm) throw alarmNotFound(AlarmName);
    if (!STATES.includes(StateValue)) {
      throw invalidParameterValue(
        `The value ${StateValue} for parameter StateValue must be one of ${STATES.join(', ')}.`,
      );
    }
    if (StateReason === undefined) throw missingParameter('StateReason');
    const updatedMs = parts.host.kernel.clock.now();
    const state = { value: StateValue, reason: StateReason, reasonData: StateReasonData, updatedMs };
    parts.store.setAlarm({ ...alarm, state });
  },
});
