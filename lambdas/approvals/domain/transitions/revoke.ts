import type { Change } from '../change';
import { type FieldFault, reasonFaults } from '../field-fault';
import type { ApprovalRequest } from '../request';
import { decide } from './decide';

/** What becomes of a revocation. */
export type RevokeResult =
  | { readonly kind: 'taken'; readonly change: Change }
  | { readonly kind: 'refused' }
  | { readonly kind: 'invalid'; readonly faults: readonly FieldFault[] };

/** The requester, or an operator, takes a pending request back. */
export function revoke(
  request: ApprovalRequest,
  by: string,
  typedReason: string | undefined,
  now: number,
): RevokeResult {
  if (request.status !== 'pending') return { kind: 'refused' };
  const reason = typedReason?.trim() || undefined;
  const faults = reasonFaults(reason, false);
  if (faults.length > 0) return { kind: 'invalid', faults };
  return { kind: 'taken', change: decide(request, { status: 'revoked', by, at: now, reason }) };
}
