import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createGetOrderApi } from '../adapters/get-order-api';
import { orderStore } from './wiring/order-store';

const observability = powertoolsObservability();

/** `GET /orders/{orderId}`. */
export const handler = observe(observability, createGetOrderApi(orderStore(), observability));
