import type { Action } from '../../../wire/service';
import type { EventBridge } from '../event-bridge';
import { busAlreadyExists, constraint, validation } from '../faults';
import type { Bus } from '../model';

interface CreateEventBusInput {
  readonly Name?: string;
  readonly Description?: string;
  readonly EventSourceName?: string;
}

/** Adds a bus. Throws ResourceAlreadyExistsException. */
export function addBus(bridge: EventBridge, input: CreateEventBusInput): Bus {
  const name = input.Name;
  if (!name || !/^[.\-_A-Za-z0-9]{1,256}$/.test(name)) {
    throw constraint('name', name, 'satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+');
  }
  if (input.EventSourceName) throw validation('Partner event sources are not emulated.');
  if (bridge.store.findBus(name)) throw busAlreadyExists(name);
  const createdAtMs = bridge.now();
  const bus: Bus = {
    name,
    arn: bridge.busArn(name),
    createdAtMs,
    modifiedAtMs: createdAtMs,
    description: input.Description,
  };
  bridge.store.addBus(bus);
  return bus;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
export function createEventBus(bridge: EventBridge): Action<CreateEventBusInput> {
  return {
    access: bridge.accessOnBus('CreateEventBus'),
    handle: (input) => {
      const bus = addBus(bridge, input);
      return { EventBusArn: bus.arn, Description: bus.description };
    },
  };
}
