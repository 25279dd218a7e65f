import { ApprovalMismatch } from '../../shared/approvals/approval-mismatch';
import { checkApproved, type GrantedApproval } from '../../shared/approvals/check-approved';
import type { RefusedActionReport } from '../../shared/approvals/refused-action-report';
import { ApprovalRequired } from '../contracts/errors';
import type { PricedLine } from './order-line';

/** What an approver of an order sees: these members and no others, so that their hash is what was approved. */
export interface ApprovedOrder {
  readonly orderId: string;
  readonly currency: string;
  readonly totalCents: number;
  readonly lines: readonly PricedLine[];
}

/** What deciding about approvals works with. */
export interface PaymentApprovalProps {
  /** Orders of a larger total need an approval. */
  readonly approvalAboveCents: number;
  readonly approvals: RefusedActionReport;
}

/**
 * Refuses to go on with an order that needs an approval and has none (ApprovalRequired), or whose approval is for something
 * else (ApprovalMismatch). The latter is reported first: a report that fails is thrown, so that the step is tried again.
 */
export async function requireApproval(
  order: ApprovedOrder,
  approval: GrantedApproval | null | undefined,
  { approvalAboveCents, approvals }: PaymentApprovalProps,
): Promise<void> {
  if (!approval) {
    if (order.totalCents <= approvalAboveCents) return;
    throw new ApprovalRequired(`The order's total is above ${approvalAboveCents} cents: somebody must approve it.`);
  }
  try {
    checkApproved(approval, order);
  } catch (error) {
    if (error instanceof ApprovalMismatch) await approvals.actionRefused('ChargePayment', error);
    throw error;
  }
}
