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

/** A payment as it stands in the provider's books. */
export interface ListedCharge extends Payment {
  readonly key: string;
  readonly amountCents: number;
  /** ISO 4217 code. */
  readonly currency: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Which part of the books is asked for: charges made at `from` or later and before `until`, both ISO 8601. */
export interface ChargeWindow {
  readonly from: string;
  readonly until: string;
  /** That of the page before; absent for the first one. */
  readonly cursor?: string;
}

/** A page of the books; the last one has no cursor. */
export interface ChargePage {
  readonly charges: readonly ListedCharge[];
  readonly cursor?: string;
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
  /** The charges that this deployment has made, in no order; keys that were voided before any charge are left out. */
  listCharges(window: ChargeWindow): Promise<ChargePage>;
}
