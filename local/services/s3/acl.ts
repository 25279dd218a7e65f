import { accessDenied, aclNotSupported, invalidArgument } from './faults';
import type { Bucket } from './model';

const CANNED = new Set([
  ...['private', 'public-read', 'public-read-write', 'authenticated-read', 'aws-exec-read'],
  ...['bucket-owner-read', 'bucket-owner-full-control', 'log-delivery-write'],
]);
const WITHOUT_EFFECT = new Set(['private', 'bucket-owner-full-control', 'bucket-owner-read']);

/** What a request says of access control lists. */
export interface AclInput {
  readonly ACL?: string;
  readonly GrantFullControl?: string;
  readonly GrantRead?: string;
  readonly GrantReadACP?: string;
  readonly GrantWrite?: string;
  readonly GrantWriteACP?: string;
}

/**
 * Throws AccessControlListNotSupported where the bucket's owner owns all objects (the default), AccessDenied for a public list that the
 * bucket blocks. Lists that give nobody but the owner anything are taken, and so have no effect; others are refused.
 */
export function checkAcl({ settings }: Bucket, input: AclInput): void {
  const { ACL } = input;
  const hasGrants = Object.keys(input).some((name) => name.startsWith('Grant'));
  if (ACL === undefined && !hasGrants) return;
  if (ACL !== undefined && !CANNED.has(ACL)) throw invalidArgument('', 'x-amz-acl', ACL);
  if (settings.ownership === 'BucketOwnerEnforced') {
    if (ACL !== 'bucket-owner-full-control' || hasGrants) throw aclNotSupported();
    return;
  }
  if (ACL?.startsWith('public-') && settings.publicAccessBlock?.BlockPublicAcls) throw accessDenied();
  if (hasGrants || (ACL !== undefined && !WITHOUT_EFFECT.has(ACL))) throw aclNotSupported();
}
