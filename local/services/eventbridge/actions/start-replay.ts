import type { Action } from '../../../wire/service';
import type { ReplayInput } from '../archive/replayer';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html */
export function startReplay(bridge: EventBridge): Action<ReplayInput> {
  return {
    access: bridge.accessOnReplay('StartReplay'),
    handle: (input) => {
      const { arn, state, startedAtMs } = bridge.replayer.start(input);
      return { ReplayArn: arn, State: state, ReplayStartTime: startedAtMs / 1000 };
    },
  };
}
