import { createRefusedActionReport } from '../../../shared/approvals/refused-action-report';
import { requireWholeNumber } from '../../../shared/environment';
import { messageQueue } from './message-queue';

/** The limit that APPROVAL_ABOVE_CENTS says, and the approvals queue that APPROVALS_QUEUE_URL names. */
export const paymentApproval = () => ({
  approvalAboveCents: requireWholeNumber('APPROVAL_ABOVE_CENTS'),
  approvals: createRefusedActionReport(messageQueue('APPROVALS_QUEUE_URL')),
});
