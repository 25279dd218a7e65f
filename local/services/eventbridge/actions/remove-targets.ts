import type { Action } from '../../../wire/service';
import { managedRule } from '../archive/faults';
import type { EventBridge } from '../event-bridge';

interface RemoveTargetsInput {
  readonly Rule?: string;
  readonly EventBusName?: string;
  readonly Ids?: readonly string[];
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html */
export function removeTargets(bridge: EventBridge): Action<RemoveTargetsInput> {
  return {
    access: bridge.accessOnRule('RemoveTargets', 'Rule'),
    handle: ({ Rule: name = '', EventBusName, Ids = [] }) => {
      const rule = bridge.store.rule(bridge.busName(EventBusName), name);
      if (rule.archiveName !== undefined) throw managedRule();
      const missing = Ids.filter((id) => !Object.hasOwn(rule.targets, id));
      const kept = Object.entries(rule.targets).filter(([id]) => !Ids.includes(id));
      bridge.store.setTargets(rule, Object.fromEntries(kept));
      return {
        FailedEntryCount: missing.length,
        FailedEntries: missing.map((TargetId) => ({
          TargetId,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Rule ${name} does not have a target with the Id ${TargetId}.`,
        })),
      };
    },
  };
}
