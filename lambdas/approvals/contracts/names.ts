/** The errors with which an asking state ends when it is not approved; a definition's Catch matches them. */
export const CALLBACK_ERRORS = {
  rejected: 'ApprovalRejected',
  expired: 'ApprovalExpired',
  revoked: 'ApprovalRevoked',
  invalid: 'ApprovalInvalid',
} as const;

/** One of the errors of an asking state. */
export type CallbackError = (typeof CALLBACK_ERRORS)[keyof typeof CALLBACK_ERRORS];
