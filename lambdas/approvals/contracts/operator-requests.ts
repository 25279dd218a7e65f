import * as z from 'zod/mini';
import { addressField, LONGEST_REASON, textField } from './fields';

/** The body of `POST /approvals/{requestId}/revoke`. */
export const revokeBody = z.strictObject(
  { reason: z.optional(textField(LONGEST_REASON, 'reason')) },
  'the body must be an object, {reason?}',
);

/** The body of `POST /approvals/{requestId}/reassign`. */
export const reassignBody = z.strictObject(
  { from: addressField, to: addressField },
  'the body must be an object, {from, to}',
);

/** The statuses of `GET /approvals?status=`. */
export const statusParameter = z.enum(
  ['pending', 'approved', 'rejected', 'expired', 'revoked'],
  'status must be pending, approved, rejected, expired or revoked',
);
