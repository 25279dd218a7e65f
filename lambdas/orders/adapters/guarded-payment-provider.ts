import { callProvider, type FailureNames, type ProviderCallProps } from '../../shared/faults/provider-call';
import {
  PaymentDeclined,
  PaymentProviderUnavailable,
  PaymentThrottled,
  PaymentTimedOut,
  RefundRefused,
} from '../contracts/errors';
import type { FaultyOperation } from '../domain/fault';
import type { PaymentProvider } from '../domain/payment-provider';

/** A payment provider whose calls have a deadline and can be made to fail. */
export function guardPaymentProvider(
  provider: PaymentProvider,
  props: ProviderCallProps<FaultyOperation>,
): PaymentProvider {
  return {
    charge: (charge) =>
      callProvider(props, { scope: charge.key, operation: 'charge' }, names(charge.key, props), () =>
        provider.charge(charge),
      ),
    lookup: (key) =>
      callProvider(props, { scope: key, operation: 'lookupPayment' }, names(key, props), () => provider.lookup(key)),
    refund: (key) => {
      const declined = () => new RefundRefused(`The provider refuses to refund the payment ${key}.`);
      return callProvider(props, { scope: key, operation: 'refund' }, { ...names(key, props), declined }, () =>
        provider.refund(key),
      );
    },
    listCharges: (window) => provider.listCharges(window),
  };
}

function names(key: string, { deadlineMs }: ProviderCallProps<FaultyOperation>): FailureNames {
  return {
    declined: () => new PaymentDeclined(`The provider declines the payment ${key}.`),
    unavailable: () => new PaymentProviderUnavailable(`The provider failed on the payment ${key}; try again.`),
    throttled: () => new PaymentThrottled(`The provider throttles the payment ${key}; try again later.`),
    timedOut: () =>
      new PaymentTimedOut(`The provider did not answer on the payment ${key} within ${deadlineMs} ms; look it up.`),
  };
}
