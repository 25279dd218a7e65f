import type { Action } from '../../../wire/service';
import { describedReplay } from '../archive/descriptions';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeReplay.html */
export function describeReplay(bridge: EventBridge): Action<{ ReplayName?: string }> {
  return {
    access: bridge.accessOnReplay('DescribeReplay'),
    handle: ({ ReplayName = '' }) => describedReplay(bridge.archives.store.replay(ReplayName, bridge.now())),
  };
}
