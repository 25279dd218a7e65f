/** Goods to send. The key is derived from the order, so that asking twice is asking once. */
export interface Booking {
  readonly key: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly customer?: { readonly name?: string; readonly email?: string };
}

/** What a carrier knows of a shipment. */
export interface Shipment {
  readonly shipmentId: string;
  readonly state: 'booked' | 'cancelled' | 'voided';
}

/** The port to whoever carries the goods. */
export interface Carrier {
  /**
   * Books once per key. Throws CarrierRefused, CarrierUnavailable, CarrierThrottled, CarrierTimedOut (outcome unknown)
   * or StepFenced (the shipment was cancelled or voided).
   */
  book(booking: Booking): Promise<{ shipmentId: string }>;
  /** What became of a key, or undefined when nothing was booked. */
  lookup(key: string): Promise<Shipment | undefined>;
  /** Cancels once per key, or voids the key so that a booking that comes late fails. Throws CancellationRefused. */
  cancel(key: string): Promise<{ outcome: 'cancelled' | 'voided' }>;
}
