import type { Alarm } from './model';

/** An alarm as the API describes it. */
export function describeAlarm({ AlarmName, AlarmArn, properties, updatedMs, state }: Alarm): object {
  return {
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    ...properties,
    AlarmName,
    AlarmArn,
    AlarmConfigurationUpdatedTimestamp: updatedMs / 1000,
    StateValue: stateOf({ state }),
    StateReason: state?.reason ?? 'Unchecked: Initial alarm creation',
    StateReasonData: state?.reasonData,
    StateUpdatedTimestamp: (state?.updatedMs ?? updatedMs) / 1000,
  };
}

/** The state that an alarm is in; one that nobody has set is waiting for data. */
export function stateOf({ state }: Pick<Alarm, 'state'>): string {
  return state?.value ?? 'INSUFFICIENT_DATA';
}
