import { type ActionFactory, alarmAccess } from '../cloudwatch-parts';
import { alarmNotFound, invalidParameterValue, missingParameter } from '../faults';

const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html: actions are carried out, and an alarm of
 * metrics comes back to its own state at its next evaluation.
 */
export const setAlarmState: ActionFactory = (parts) => ({
  access: alarmAccess(parts, 'SetAlarmState', (input) => [input.AlarmName]),
  handle({ AlarmName, StateValue, StateReason, StateReasonData }) {
    if (!parts.alarms.store.alarm(AlarmName)) throw alarmNotFound(AlarmName);
    if (!STATES.includes(StateValue)) {
      throw invalidParameterValue(
        `The value ${StateValue} for parameter StateValue must be one of ${STATES.join(', ')}.`,
      );
    }
    if (StateReason === undefined) throw missingParameter('StateReason');
    if (StateReasonData !== undefined) checkJson(StateReasonData);
    parts.alarms.setState(AlarmName, { value: StateValue, reason: StateReason, reasonData: StateReasonData });
  },
});

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw invalidParameterValue('The parameter StateReasonData must be valid JSON.');
  }
}
