import type { Action } from '../../../wire/service';
import type { EventBridge } from '../event-bridge';
import { describe } from '../rule-description';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html */
export function describeRule(bridge: EventBridge): Action<{ Name?: string; EventBusName?: string }> {
  return {
    access: bridge.accessOnRule('DescribeRule'),
    handle: ({ Name = '', EventBusName }) => describe(bridge.store.rule(bridge.busName(EventBusName), Name)),
  };
}
