import { suppressedReason } from './alarms/alarm-events';
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
    StateValue: state.value,
    StateReason: state.reason,
    StateReasonData: state.reasonData,
    StateUpdatedTimestamp: state.updatedMs / 1000,
    StateTransitionedTimestamp: state.transitionedMs / 1000,
    ...(state.suppressedBy && {
      ActionsSuppressedBy: state.suppressedBy,
      ActionsSuppressedReason: suppressedReason(state.suppressedBy),
    }),
  };
}
