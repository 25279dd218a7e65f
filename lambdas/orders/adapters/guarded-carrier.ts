import { callProvider, type FailureNames, type ProviderCallProps } from '../../shared/faults/provider-call';
import {
  CancellationRefused,
  CarrierRefused,
  CarrierThrottled,
  CarrierTimedOut,
  CarrierUnavailable,
} from '../contracts/errors';
import type { Carrier } from '../domain/carrier';
import type { FaultyOperation } from '../domain/fault';

/** A carrier whose calls have a deadline and can be made to fail. */
export function guardCarrier(carrier: Carrier, props: ProviderCallProps<FaultyOperation>): Carrier {
  return {
    book: (booking) =>
      callProvider(props, { scope: booking.key, operation: 'book' }, names(booking.key, props), () =>
        carrier.book(booking),
      ),
    lookup: (key) =>
      callProvider(props, { scope: key, operation: 'lookupShipment' }, names(key, props), () => carrier.lookup(key)),
    cancel: (key) => {
      const declined = () => new CancellationRefused(`The carrier refuses to cancel the shipment ${key}.`);
      return callProvider(props, { scope: key, operation: 'cancel' }, { ...names(key, props), declined }, () =>
        carrier.cancel(key),
      );
    },
  };
}

function names(key: string, { deadlineMs }: ProviderCallProps<FaultyOperation>): FailureNames {
  return {
    declined: () => new CarrierRefused(`The carrier refuses the shipment ${key}.`),
    unavailable: () => new CarrierUnavailable(`The carrier failed on the shipment ${key}; try again.`),
    throttled: () => new CarrierThrottled(`The carrier throttles the shipment ${key}; try again later.`),
    timedOut: () =>
      new CarrierTimedOut(`The carrier did not answer on the shipment ${key} within ${deadlineMs} ms; look it up.`),
  };
}
