import { AwsError } from '../../wire/aws-error';
import type { PolicyJson } from './model';

/**
 * Sizes in characters without white space, as AWS counts them; those of trust policies and of managed policies per role can
 * be raised on request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LIMIT_INLINE_SIZE = 10_240;
const LIMIT_MANAGED_SIZE = 6_144;
const LIMIT_TRUST_SIZE = 2_048;
const LIMIT_MANAGED_POLICIES = 10;

/** Throws LimitExceeded when a role's inline policies are too long together. */
export function checkInlineSize(roleName: string, documents: readonly PolicyJson[]): void {
  const size = documents.reduce((sum, document) => sum + sizeOf(document), 0);
  if (size > LIMIT_INLINE_SIZE) throw exceeded(`Maximum policy size of 10240 bytes exceeded for role ${roleName}`);
}

/** Throws LimitExceeded when a managed policy is too long. */
export function checkManagedSize(document: PolicyJson): void {
  if (sizeOf(document) > LIMIT_MANAGED_SIZE) throw exceeded('Cannot exceed quota for PolicySize: 6144');
}

/** Throws LimitExceeded when a trust policy is too long. */
export function checkTrustSize(document: PolicyJson): void {
  if (sizeOf(document) > LIMIT_TRUST_SIZE) throw exceeded('Cannot exceed quota for ACLSizePerRole: 2048');
}

/** Throws LimitExceeded when a role has too many managed policies. */
export function checkManagedCount(policyArns: readonly string[]): void {
  if (policyArns.length > LIMIT_MANAGED_POLICIES) throw exceeded('Cannot exceed quota for PoliciesPerRole: 10');
}

function sizeOf(document: PolicyJson): number {
  return JSON.stringify(document).replace(/\s/g, '').length;
}

function exceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, 409);
}
