import { type ApiEvent, jsonResponse } from '../../shared/http/api-answer';
import { Problem } from '../../shared/http/problem';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { ORDER_ID_PATTERN } from '../contracts/fields';
import type { OrderStore } from '../domain/order-store';
import { maySee } from '../domain/owner';
import { apiCallerOf } from './api-caller';
import { answer } from './orders-api';

/**
 * `GET /orders/{orderId}`: 200 with the order, or the same 404 for one that is not there and one that is somebody
 * else's.
 */
export function createGetOrderApi(orders: Pick<OrderStore, 'find'>, observability: Observability) {
  return (event: ApiEvent, _invocation: Invocation) =>
    answer(observability, event, async () => {
      const caller = apiCallerOf(event.requestContext);
      const orderId = event.pathParameters?.orderId ?? '';
      const order = ORDER_ID_PATTERN.test(orderId) ? await orders.find(orderId) : undefined;
      if (!order || !maySee(caller, order)) {
        throw new Problem(
          404,
          'order-not-found',
          'Order not found',
          'There is no such order, or it is not yours; check the id in the path.',
        );
      }
      const { status, reason, lines, totalCents, currency, createdAt, updatedAt } = order;
      return jsonResponse(200, { orderId, status, reason, lines, totalCents, currency, createdAt, updatedAt });
    });
}
