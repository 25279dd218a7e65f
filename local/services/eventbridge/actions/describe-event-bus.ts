import type { Action } from '../../../wire/service';
import { describeBus } from '../bus-description';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html */
export function describeEventBus(bridge: EventBridge): Action<{ Name?: string }> {
  return {
    access: bridge.accessOnBus('DescribeEventBus'),
    handle: ({ Name }) => describeBus(bridge.store.bus(bridge.busName(Name))),
  };
}
