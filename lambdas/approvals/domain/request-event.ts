import type { BusEvent } from '../../shared/events/event-bus';
import type { ApprovalRequest, RequestStatus } from './request';

/** The event source of what happens to requests. */
export const APPROVALS_SOURCE = 'stepwright.approvals';

const DETAIL_TYPES: Readonly<Record<RequestStatus, string>> = {
  pending: 'ApprovalRequested',
  approved: 'ApprovalApproved',
  rejected: 'ApprovalRejected',
  expired: 'ApprovalExpired',
  revoked: 'ApprovalRevoked',
};

/**
 * The event that a change of a request's row gives: one when it was opened, one when it has come to its end, none otherwise.
 * Its id is the same however often the change is seen. It names nobody and shows nothing of what was asked for.
 */
export function requestEventOf(
  before: ApprovalRequest | undefined,
  after: ApprovalRequest | undefined,
): BusEvent | undefined {
  if (!after || before?.status === after.status) return undefined;
  const { requestId, status, payloadHash, decision, openedAt, expiresAt, correlationId } = after;
  const detailType = DETAIL_TYPES[status];
  return {
    source: APPROVALS_SOURCE,
    detailType,
    detail: {
      eventId: `${requestId}:${detailType}`,
      requestId,
      status,
      payloadHash: decision?.payloadHash ?? payloadHash,
      isEdited: decision?.isEdited,
      expiresAt: new Date(expiresAt).toISOString(),
      correlationId,
      occurredAt: new Date(decision?.at ?? openedAt).toISOString(),
    },
  };
}
