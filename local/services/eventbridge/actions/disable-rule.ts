import type { Action } from '../../../wire/service';
import { managedRule } from '../archive/faults';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html */
export function disableRule(bridge: EventBridge): Action<{ Name?: string; EventBusName?: string }> {
  return {
    access: bridge.accessOnRule('DisableRule'),
    handle: ({ Name = '', EventBusName }) => {
      const rule = bridge.store.rule(bridge.busName(EventBusName), Name);
      if (rule.archiveName !== undefined) throw managedRule();
      bridge.store.setRuleState(rule, 'DISABLED');
      bridge.schedules.changed(rule);
    },
  };
}
