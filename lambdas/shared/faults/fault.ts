/** How an operation misbehaves. */
export type FaultKind = 'decline' | 'errorBeforeEffect' | 'timeoutAfterEffect' | 'slow' | 'throttled';

/** A fault that is to happen now. */
export interface InjectedFault {
  readonly kind: FaultKind;
  /** For `slow`: how long the provider takes before it acts. */
  readonly delayMilliseconds?: number;
}

/** Where faults come from; absent in production. */
export interface FaultSource<Operation extends string = string> {
  /**
   * The fault that this operation meets now for what `scope` names, such as an order, used up by one; one for the scope
   * goes before one for all.
   */
  take(scope: string, operation: Operation): Promise<InjectedFault | undefined>;
}
