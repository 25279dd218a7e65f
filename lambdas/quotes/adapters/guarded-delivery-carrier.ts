import { callProvider, type ProviderCallProps } from '../../shared/faults/provider-call';
import { CarrierThrottled, CarrierTimedOut, CarrierUnavailable } from '../contracts/errors';
import type { DeliveryCarrier } from '../domain/delivery-carrier';
import type { FaultyOperation } from '../domain/fault';

/** A carrier whose answers have a deadline and can be made to fail, all those for one country or for every one. */
export function guardDeliveryCarrier(
  carrier: DeliveryCarrier,
  props: ProviderCallProps<FaultyOperation>,
): DeliveryCarrier {
  return {
    estimate(parcel) {
      const { country } = parcel.destination;
      const unavailable = () => new CarrierUnavailable(`The carrier failed on a date for ${country}; try again.`);
      return callProvider(
        props,
        { scope: country, operation: 'estimateDelivery' },
        {
          declined: unavailable,
          unavailable,
          throttled: () => new CarrierThrottled(`The carrier throttles dates for ${country}; try again later.`),
          timedOut: () =>
            new CarrierTimedOut(`The carrier gave no date for ${country} within ${props.deadlineMs} ms; try again.`),
        },
        () => carrier.estimate(parcel),
      );
    },
  };
}
