import { NamedError } from '../../shared/named-error';

export { ApprovalMismatch } from '../../shared/approvals/approval-mismatch';
export { StepFenced } from '../../shared/idempotency/step-fenced';
export { InvalidInput } from '../../shared/validation/invalid-input';

/** The order is too large to be charged before somebody has approved it. Nothing was done. */
export class ApprovalRequired extends NamedError {
  override readonly name = 'ApprovalRequired';
}

/** The provider will not take this payment, however often it is asked. Never retried. */
export class PaymentDeclined extends NamedError {
  override readonly name = 'PaymentDeclined';
}

/** The provider failed before it did anything. */
export class PaymentProviderUnavailable extends NamedError {
  override readonly name = 'PaymentProviderUnavailable';
}

/** The provider did not answer in time: whether it took the payment is unknown. */
export class PaymentTimedOut extends NamedError {
  override readonly name = 'PaymentTimedOut';
}

/** The provider asks us to slow down. */
export class PaymentThrottled extends NamedError {
  override readonly name = 'PaymentThrottled';
}

/** The provider will not give the money back. Never retried. */
export class RefundRefused extends NamedError {
  override readonly name = 'RefundRefused';
}

/** The carrier will not take this shipment, however often it is asked. Never retried. */
export class CarrierRefused extends NamedError {
  override readonly name = 'CarrierRefused';
}

/** The carrier failed before it did anything. */
export class CarrierUnavailable extends NamedError {
  override readonly name = 'CarrierUnavailable';
}

/** The carrier did not answer in time: whether it booked the shipment is unknown. */
export class CarrierTimedOut extends NamedError {
  override readonly name = 'CarrierTimedOut';
}

/** The carrier asks us to slow down. */
export class CarrierThrottled extends NamedError {
  override readonly name = 'CarrierThrottled';
}

/** The carrier will not cancel the shipment. Never retried. */
export class CancellationRefused extends NamedError {
  override readonly name = 'CancellationRefused';
}

/** Another order changes the same stock at this moment, or the table asks us to slow down. */
export class StockContended extends NamedError {
  override readonly name = 'StockContended';
}

/** A run of the reconciliation left something undone that failed; the next run comes to it again. */
export class ReconciliationIncomplete extends NamedError {
  override readonly name = 'ReconciliationIncomplete';
}

/**
 * The stock of this order may not be released: it is sold, its books do not add up, or a fault says so. Never
 * retried.
 */
export class ReleaseRefused extends NamedError {
  override readonly name = 'ReleaseRefused';
}
