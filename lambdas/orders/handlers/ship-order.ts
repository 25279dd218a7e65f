import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { orderFieldsOf } from '../domain/order-fields';
import { createShipOrder } from '../domain/ship-order';
import { builtInCarrier } from './wiring/built-in-carrier';
import { stepGuard } from './wiring/step-guard';

const observability = powertoolsObservability();

/** The task ShipOrder with the built-in carrier. */
export const handler = observe(
  observability,
  createShipOrder({ carrier: builtInCarrier(), steps: stepGuard(), ...observability }),
  orderFieldsOf,
);
