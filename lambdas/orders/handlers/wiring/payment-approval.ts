import { createRefusedActionReport } from '../../../shared/approvals/refused-action-report';
import { requireVariable } from '../../../shared/environment';
import { messageQueue } from './message-queue';

/** The limit that APPROVAL_ABOVE_CENTS says, and the approvals queue that APPROVALS_QUEUE_URL names. */
export const paymentApproval = () => ({
  approvalAboveCents: wholeNumber('APPROVAL_ABOVE_CENTS'),
  approvals: createRefusedActionReport(messageQueue('APPROVALS_QUEUE_URL')),
});

function wholeNumber(variable: string): number {
  const value = Number(requireVariable(variable));
  if (!Number.isSafeInteger(value)) throw new Error(`The environment variable ${variable} must be a whole number.`);
  return value;
}
