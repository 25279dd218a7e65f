import type { Action } from '../../../wire/service';
import type { EventBridge } from '../event-bridge';
import { pageOf } from '../page';

interface ListRuleNamesInput {
  readonly TargetArn?: string;
  readonly EventBusName?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html */
export function listRuleNamesByTarget(bridge: EventBridge): Action<ListRuleNamesInput> {
  return {
    access: () => [{ action: 'events:ListRuleNamesByTarget', resource: '*' }],
    handle: ({ TargetArn, EventBusName, Limit, NextToken: token }) => {
      const rules = bridge.store.rulesOf(bridge.busName(EventBusName));
      const hits = rules.filter((rule) => Object.values(rule.targets).some((target) => target.Arn === TargetArn));
      const { page, NextToken } = pageOf(hits, Limit, token);
      return { RuleNames: page.map((rule) => rule.name), NextToken };
    },
  };
}
