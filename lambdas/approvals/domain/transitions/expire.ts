import type { Change } from '../change';
import type { ApprovalRequest } from '../request';
import { decide } from './decide';

/** Whether a pending request takes no answer any more; an answer one millisecond earlier counts. */
export function isOverdue({ status, expiresAt }: ApprovalRequest, now: number): boolean {
  return status === 'pending' && now >= expiresAt;
}

/** Ends an overdue request: nobody's answer is a no. */
export function expire(request: ApprovalRequest): Change {
  return decide(request, { status: 'expired', by: 'expiry', at: request.expiresAt });
}
