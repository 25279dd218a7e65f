import type { Action } from '../../../wire/service';
import { managedRule } from '../archive/faults';
import type { EventBridge } from '../event-bridge';
import { validation } from '../faults';

/** Deletes a rule without targets; one that is not there is deleted already. */
export function deleteRule(bridge: EventBridge): Action<{ Name?: string; EventBusName?: string }> {
  return {
    access: bridge.accessOnRule('DeleteRule'),
    handle: ({ Name = '', EventBusName }) => {
      const rule = bridge.store.findRule(bridge.busName(EventBusName), Name);
      if (!rule) return;
      if (rule.archiveName !== undefined) throw managedRule();
      if (Object.keys(rule.targets).length > 0) throw validation("Rule can't be deleted since it has targets.");
      bridge.store.deleteRule(rule);
      bridge.schedules.removed(rule);
    },
  };
}
