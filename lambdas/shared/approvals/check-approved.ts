import { contentHash } from '../content-hash';
import { ApprovalMismatch } from './approval-mismatch';

/** An approval as the asking state's output gives it; only what the check reads. */
export interface GrantedApproval {
  readonly decision: 'approved';
  readonly requestId: string;
  /** SHA-256 in base64url of what was approved, as edited. */
  readonly payloadHash: string;
}

/**
 * Throws ApprovalMismatch unless the approval is for exactly this payload, whatever the order of its members. Whoever
 * acts on a decision calls this right before, with what it is about to act on.
 */
export function checkApproved(approval: GrantedApproval, payload: unknown): void {
  const actualHash = contentHash(payload);
  if (approval.decision === 'approved' && approval.payloadHash === actualHash) return;
  throw new ApprovalMismatch(approval.requestId, approval.payloadHash, actualHash);
}
