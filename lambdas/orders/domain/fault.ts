/** An operation whose faults can be turned on. */
export type FaultyOperation =
  | 'charge'
  | 'refund'
  | 'lookupPayment'
  | 'book'
  | 'cancel'
  | 'lookupShipment'
  | 'releaseStock';

/** How an operation misbehaves. */
export type FaultKind = 'decline' | 'errorBeforeEffect' | 'timeoutAfterEffect' | 'slow' | 'throttled';

/** A fault that is to happen now. */
export interface InjectedFault {
  readonly kind: FaultKind;
  /** For `slow`: how long the provider takes before it acts. */
  readonly delayMilliseconds?: number;
}

/** Where faults come from; absent in production. */
export interface FaultSource {
  /**
   * The fault that this operation meets now for this order, used up by one; one for the order goes before one for
   * all.
   */
  take(orderId: string, operation: FaultyOperation): Promise<InjectedFault | undefined>;
}
