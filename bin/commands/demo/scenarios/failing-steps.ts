import type { Scenario } from '../scenario';
import { oneOrder } from './one-order';

/** One order each: a step fails, and what it leaves is checked down to the ledgers. */
export const failingSteps: readonly Scenario[] = [
  oneOrder(
    'out of stock',
    'scarce',
    [],
    { end: 'OrderRejected', reason: 'OutOfStock', onHand: 2, sold: 0, payment: null },
    3,
  ),
  oneOrder('card declined', 'declined', [{ operation: 'charge', fault: 'decline' }], {
    end: 'OrderCompensated',
    onHand: 2,
    sold: 0,
    captures: 0,
    shipment: null,
    entered: 'ReleaseStock',
  }),
  oneOrder(
    'payment times out after it took effect',
    'late',
    [{ operation: 'charge', fault: 'timeoutAfterEffect', remaining: 1 }],
    {
      end: 'OrderConfirmed',
      onHand: 1,
      sold: 1,
      payment: 'captured',
      captures: 1,
      refunds: 0,
      shipment: 'booked',
    },
  ),
  oneOrder('shipping fails', 'unshipped', [{ operation: 'book', fault: 'decline' }], {
    end: 'OrderCompensated',
    onHand: 2,
    sold: 0,
    payment: 'refunded',
    captures: 1,
    refunds: 1,
    entered: 'CancelShipment',
  }),
  oneOrder(
    'an undo fails for good',
    'stuck',
    [
      { operation: 'book', fault: 'decline' },
      { operation: 'refund', fault: 'decline' },
    ],
    {
      end: 'OrderNeedsReview',
      onHand: 2,
      sold: 0,
      payment: 'captured',
      entered: 'ReleaseStock',
      more: async (shop, orderId, findings) => {
        const parked = await shop.take(shop.outputs.ReviewQueueUrl, (message) =>
          Boolean(message.Body?.includes(orderId)),
        );
        findings.holds('no message was parked for review', parked !== undefined);
        findings.holds(
          'the parked message does not name RefundPayment',
          Boolean(parked?.Body?.includes('RefundPayment')),
        );
      },
    },
  ),
];
