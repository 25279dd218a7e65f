/** An order's row, as far as it tells whether somebody works on it. */
export interface WaitingOrder {
  readonly orderId: string;
  readonly status: string;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** Statuses in which an execution has to work on an order. */
export const WAITING_STATUSES = ['OrderAccepted', 'OrderReserved', 'OrderCancelling'];

/** What becomes of an order that waits. `publish`: nobody has begun it. `undo`: whoever worked on it has died. */
export type OrderRemedy = 'none' | 'publish' | 'undo';

/**
 * What to do for an order, given how its own execution and its undos stand: undefined is one that never was. An order whose execution ever
 * began is undone and not begun again: its name is taken for ninety days.
 */
export function orderRemedy(
  { status }: WaitingOrder,
  saga: string | undefined,
  undos: readonly (string | undefined)[],
): OrderRemedy {
  if ([saga, ...undos].includes('RUNNING')) return 'none';
  return status === 'OrderAccepted' && saga === undefined ? 'publish' : 'undo';
}
