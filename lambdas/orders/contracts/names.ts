import { ORDER_ID_PATTERN } from './fields';

/** The four ends of an order. After one of them nothing changes any more. */
export const ORDER_ENDS = ['OrderConfirmed', 'OrderRejected', 'OrderCompensated', 'OrderNeedsReview'] as const;

/** One of the four ends. */
export type OrderEnd = (typeof ORDER_ENDS)[number];

/** Every status that an order's row can have. */
export type OrderStatus = 'OrderAccepted' | 'OrderReserved' | 'OrderCancelling' | OrderEnd;

/** Whether a status is one of the four ends. */
export function isOrderEnd(status: string | undefined): status is OrderEnd {
  return (ORDER_ENDS as readonly (string | undefined)[]).includes(status);
}

/** The detail type of an order that somebody has placed. */
export const ORDER_PLACED = 'OrderPlaced';

/** The version of an `OrderPlaced` event's detail; one that names none has this one. */
export const ORDER_PLACED_VERSION = 1;

/** The event source of our API; only its events may name an owner. */
export const API_SOURCE = 'stepwright.api';

/** The event source of what happens to orders. */
export const ORDERS_SOURCE = 'stepwright.orders';

/** Undo executions that are started by themselves for one order; when so many have died, a person takes over. */
export const MOST_UNDOS = 3;

/** The name of an order's own execution (attempt 0), or of its n-th undo. */
export function executionName(orderId: string, undoAttempt: number): string {
  return undoAttempt === 0 ? orderId : `${orderId}.undo${undoAttempt}`;
}

/** The order that an execution is named after; undefined when it is named after none. */
export function orderOfExecution(name: string): string | undefined {
  const [orderId = ''] = name.split('.');
  return ORDER_ID_PATTERN.test(orderId) ? orderId : undefined;
}

/** The idempotency keys of steps that an undo can fence. */
export const stepKeys = {
  chargePayment: (orderId: string) => `ChargePayment#${orderId}`,
  shipOrder: (orderId: string) => `ShipOrder#${orderId}`,
};
