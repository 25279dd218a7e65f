import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createCancelShipment } from '../domain/cancel-shipment';
import { orderFieldsOf } from '../domain/order-fields';
import { builtInCarrier } from './wiring/built-in-carrier';
import { stepGuard } from './wiring/step-guard';

const observability = powertoolsObservability();

/** The task CancelShipment with the built-in carrier. */
export const handler = observe(
  observability,
  createCancelShipment({ carrier: builtInCarrier(), steps: stepGuard(), ...observability }),
  orderFieldsOf,
);
