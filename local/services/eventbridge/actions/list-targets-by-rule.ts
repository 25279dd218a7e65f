import type { Action } from '../../../wire/service';
import type { EventBridge } from '../event-bridge';
import { pageOf } from '../page';

interface ListTargetsInput {
  readonly Rule?: string;
  readonly EventBusName?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
export function listTargetsByRule(bridge: EventBridge): Action<ListTargetsInput> {
  return {
    access: bridge.accessOnRule('ListTargetsByRule', 'Rule'),
    handle: ({ Rule: name = '', EventBusName, Limit, NextToken: token }) => {
      const { targets } = bridge.store.rule(bridge.busName(EventBusName), name);
      const { page, NextToken } = pageOf(Object.values(targets), Limit, token);
      return { Targets: page, NextToken };
    },
  };
}
