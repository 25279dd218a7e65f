import { randomUUID } from 'node:crypto';
import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createPlaceOrderApi } from '../adapters/place-order-api';
import { createPlaceOrder } from '../domain/place-order';
import { catalogue } from './wiring/catalogue';
import { eventBus } from './wiring/event-bus';
import { orderStore } from './wiring/order-store';
import { stepGuard } from './wiring/step-guard';

const observability = powertoolsObservability();

const placeOrder = createPlaceOrder({
  catalogue: catalogue(),
  orders: orderStore(),
  bus: eventBus(),
  steps: stepGuard(),
  clock: systemClock,
  newOrderId: () => `ord-${randomUUID()}`,
  ...observability,
});

/** `POST /orders`. */
export const handler = observe(observability, createPlaceOrderApi(placeOrder, observability));
