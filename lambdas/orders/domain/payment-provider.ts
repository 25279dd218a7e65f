/** Money to take. The key is derived from the order, so that asking twice is asking once. */
export interface Charge {
  readonly key: string;
  readonly amountCents: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** What a provider knows of a payment. */
export interface Payment {
  readonly paymentId: string;
  readonly state: 'captured' | 'refunded' | 'voided';
}

/** The port to whoever takes the money. */
export interface PaymentProvider {
  /**
   * Takes the money once per key. Throws PaymentDeclined, PaymentProviderUnavailable, PaymentThrottled, PaymentTimedOut
   * (outcome unknown) or StepFenced (the payment was refunded or voided).
   */
  charge(charge: Charge): Promise<{ paymentId: string }>;
  /** What became of a key, or undefined when no money was asked for. */
  lookup(key: string): Promise<Payment | undefined>;
  /**
   * Gives the money back once per key, or voids the key so that a charge that comes late fails. Throws RefundRefused.
   */
  refund(key: string): Promise<{ outcome: 'refunded' | 'voided' }>;
}
