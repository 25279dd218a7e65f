import { isOrderEnd } from '../contracts/names';
import type { Order } from './order';
import type { ListedCharge } from './payment-provider';

/** Why money and order do not agree, for a person. */
export interface MoneyMismatch {
  readonly error: 'AmountDiffers' | 'CurrencyDiffers' | 'ConfirmedWithoutCharge' | 'ChargeUnknown' | 'RefundRefused';
  readonly cause: string;
}

/**
 * What is to be done about a charge. `later`: the order has no end yet, so it must be looked at again. `refund`: the
 * money stands, and no order that it could be for.
 */
export type Verdict = 'agrees' | 'later' | 'refund' | MoneyMismatch;

/** Holds a charge of the provider's books against the order that it is for. */
export function judgeCharge(charge: ListedCharge, order: Order | undefined): Verdict {
  if (order && !isOrderEnd(order.status)) return 'later';
  if (charge.state === 'captured') return judgeCaptured(charge, order);
  if (order?.status !== 'OrderConfirmed') return 'agrees';
  return {
    error: 'ConfirmedWithoutCharge',
    cause: `The order is confirmed, and its payment ${charge.paymentId} is ${charge.state}.`,
  };
}

function judgeCaptured({ amountCents, currency, paymentId }: ListedCharge, order: Order | undefined): Verdict {
  switch (order?.status) {
    // Whoever reviews it settles the money too: its message says which undo is owed.
    case 'OrderNeedsReview':
      return 'agrees';
    case 'OrderConfirmed':
      break;
    default:
      return 'refund';
  }
  const what = `The payment ${paymentId} is ${amountCents} cents of ${currency}, its order`;
  if (order.currency !== undefined && order.currency !== currency) {
    return { error: 'CurrencyDiffers', cause: `${what} is in ${order.currency}.` };
  }
  if (order.totalCents !== undefined && order.totalCents !== amountCents) {
    return { error: 'AmountDiffers', cause: `${what} comes to ${order.totalCents} cents.` };
  }
  return 'agrees';
}
