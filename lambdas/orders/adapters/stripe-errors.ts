import {
  InvalidInput,
  PaymentDeclined,
  PaymentProviderUnavailable,
  PaymentThrottled,
  PaymentTimedOut,
} from '../contracts/errors';

/** The parts of an error of the `stripe` package that decide what it means; https://docs.stripe.com/error-handling. */
interface StripeFailure {
  readonly type?: string;
  readonly code?: string;
  readonly message?: string;
}

/** An error of the `stripe` package in the words that the workflow knows; any other error as it is. */
export function translateStripeError(error: unknown, key: string): unknown {
  const { type, code, message } = error as StripeFailure;
  const because = `the payment ${key}: ${message ?? code ?? type}`;
  switch (type) {
    case 'StripeCardError':
      return new PaymentDeclined(`Stripe declines ${because}`);
    case 'StripeRateLimitError':
      return new PaymentThrottled(`Stripe throttles ${because}`);
    // No answer: whether the request took effect is unknown.
    case 'StripeConnectionError':
      return new PaymentTimedOut(`Stripe did not answer on ${because}`);
    case 'StripeInvalidRequestError':
    case 'StripeIdempotencyError':
      return new InvalidInput(`Stripe refuses ${because}`);
    case 'StripeAPIError':
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return new PaymentProviderUnavailable(`Stripe failed on ${because}`);
    default:
      return error;
  }
}

/** Whether a request came too late for, or again to, a PaymentIntent or charge that has moved on. */
export function hasMovedOn(error: unknown): boolean {
  const { code } = error as StripeFailure;
  return code === 'payment_intent_unexpected_state' || code === 'charge_already_refunded';
}
