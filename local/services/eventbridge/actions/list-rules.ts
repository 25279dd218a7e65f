import type { Action } from '../../../wire/service';
import type { EventBridge } from '../event-bridge';
import { pageOf } from '../page';
import { describe } from '../rule-description';

interface ListRulesInput {
  readonly NamePrefix?: string;
  readonly EventBusName?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
export function listRules(bridge: EventBridge): Action<ListRulesInput> {
  return {
    access: (input) => bridge.accessOnRule('ListRules')({ ...input, Name: `${input.NamePrefix ?? ''}*` }),
    handle: ({ NamePrefix = '', EventBusName, Limit, NextToken: token }) => {
      const rules = bridge.store
        .rulesOf(bridge.busName(EventBusName))
        .filter((rule) => rule.name.startsWith(NamePrefix));
      const { page, NextToken } = pageOf(rules, Limit, token);
      return { Rules: page.map(describe), NextToken };
    },
  };
}
