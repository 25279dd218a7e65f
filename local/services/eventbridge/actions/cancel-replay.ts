import type { Action } from '../../../wire/service';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CancelReplay.html */
export function cancelReplay(bridge: EventBridge): Action<{ ReplayName?: string }> {
  return {
    access: bridge.accessOnReplay('CancelReplay'),
    handle: ({ ReplayName = '' }) => {
      const { arn, state, stateReason } = bridge.replayer.cancel(ReplayName);
      return { ReplayArn: arn, State: state, StateReason: stateReason };
    },
  };
}
