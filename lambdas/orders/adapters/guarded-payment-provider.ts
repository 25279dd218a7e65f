import {
  PaymentDeclined,
  PaymentProviderUnavailable,
  PaymentThrottled,
  PaymentTimedOut,
  RefundRefused,
} from '../contracts/errors';
import type { PaymentProvider } from '../domain/payment-provider';
import { callProvider, type FailureNames, type ProviderCallProps } from './provider-call';

/** A payment provider whose calls have a deadline and can be made to fail. */
export function guardPaymentProvider(provider: PaymentProvider, props: ProviderCallProps): PaymentProvider {
  return {
    charge: (charge) =>
      callProvider(props, { orderId: charge.key, operation: 'charge' }, names(charge.key, props), () =>
        provider.charge(charge),
      ),
    lookup: (key) =>
      callProvider(props, { orderId: key, operation: 'lookupPayment' }, names(key, props), () => provider.lookup(key)),
    refund: (key) => {
      const declined = () => new RefundRefused(`The provider refuses to refund the payment ${key}.`);
      return callProvider(props, { orderId: key, operation: 'refund' }, { ...names(key, props), declined }, () =>
        provider.refund(key),
      );
    },
  };
}

function names(key: string, { deadlineMs }: ProviderCallProps): FailureNames {
  return {
    declined: () => new PaymentDeclined(`The provider declines the payment ${key}.`),
    unavailable: () => new PaymentProviderUnavailable(`The provider failed on the payment ${key}; try again.`),
    throttled: () => new PaymentThrottled(`The provider throttles the payment ${key}; try again later.`),
    timedOut: () =>
      new PaymentTimedOut(`The provider did not answer on the payment ${key} within ${deadlineMs} ms; look it up.`),
  };
}
