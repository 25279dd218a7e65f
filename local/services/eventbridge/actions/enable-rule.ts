import type { Action } from '../../../wire/service';
import { managedRule } from '../archive/faults';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html */
export function enableRule(bridge: EventBridge): Action<{ Name?: string; EventBusName?: string }> {
  return {
    access: bridge.accessOnRule('EnableRule'),
    handle: ({ Name = '', EventBusName }) => {
      const rule = bridge.store.rule(bridge.busName(EventBusName), Name);
      if (rule.archiveName !== undefined) throw managedRule();
      bridge.store.setRuleState(rule, 'ENABLED');
      bridge.schedules.changed(rule);
    },
  };
}
