import type { BusEvent } from '../../shared/events/event-bus';
import { isOrderEnd, ORDERS_SOURCE } from '../contracts/names';
import type { Order } from './order';

/**
 * The event that a change of an order's row gives: one when the row has come to one of the four ends, none otherwise.
 * Its id is the same however often the change is seen.
 */
export function orderEventOf(before: Order | undefined, after: Order | undefined): BusEvent | undefined {
  if (!after || !isOrderEnd(after.status) || before?.status === after.status) return undefined;
  const { orderId, status, reason, totalCents, currency, correlationId, updatedAt } = after;
  return {
    source: ORDERS_SOURCE,
    detailType: status,
    detail: {
      eventId: `${orderId}:${status}`,
      orderId,
      status,
      reason,
      totalCents,
      currency,
      correlationId,
      occurredAt: updatedAt,
    },
  };
}
