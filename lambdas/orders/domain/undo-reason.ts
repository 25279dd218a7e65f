/** Answers of customers, banks, carriers and approvers that undo an order in good order. */
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
