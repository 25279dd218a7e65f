import type { Action } from '../../../wire/service';
import type { EventBridge } from '../event-bridge';
import { validation } from '../faults';

/** Deletes a bus without rules; one that is not there is deleted already. */
export function removeBus(bridge: EventBridge, name: string): void {
  if (name === 'default') throw validation('Cannot delete event bus default.');
  if (!bridge.store.findBus(name)) return;
  if (bridge.store.rulesOf(name).length > 0) throw validation("Event bus can't be deleted since it has rules.");
  bridge.store.deleteBus(name);
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html */
export function deleteEventBus(bridge: EventBridge): Action<{ Name?: string }> {
  return {
    access: bridge.accessOnBus('DeleteEventBus'),
    handle: ({ Name = '' }) => removeBus(bridge, Name),
  };
}
