import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createOrderStreamHandler } from '../adapters/order-stream';
import { eventBus } from './wiring/event-bus';

const observability = powertoolsObservability();

/** The consumer of the stream of the orders table. */
export const handler = observe(observability, createOrderStreamHandler({ bus: eventBus(), ...observability }));
