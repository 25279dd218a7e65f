/**
 * Answers of customers, banks, carriers and approvers that undo an order in good order. Every other reason is a technical
 * one, also those of approvals that were asked for wrongly, or not answered within the time of the asking state.
 */
const REFUSALS: ReadonlySet<string> = new Set([
  'PaymentDeclined',
  'CarrierRefused',
  'ApprovalRejected',
  'ApprovalExpired',
  'ApprovalRevoked',
]);

/** Whether an order is undone because somebody said no, and not because something broke. `failure` is an error's name. */
export function isExpectedRefusal(failure: string | undefined): boolean {
  return failure !== undefined && REFUSALS.has(failure);
}
