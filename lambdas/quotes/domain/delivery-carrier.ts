import type { QuoteRunInput } from '../contracts/quote-run';

/** Goods that somebody might send. */
export type Parcel = Pick<QuoteRunInput, 'lines' | 'destination'>;

/** The port to whoever would carry the goods. */
export interface DeliveryCarrier {
  /**
   * The day on which a parcel that is ordered now would arrive, such as 2026-11-25; undefined where this carrier does not
   * go. Throws CarrierUnavailable, CarrierThrottled or CarrierTimedOut.
   */
  estimate(parcel: Parcel): Promise<string | undefined>;
}
