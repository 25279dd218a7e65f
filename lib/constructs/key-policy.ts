import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, ArnPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * What administrators of a key may do: everything but use it, and but CreateGrant, by which they could hand themselves
 * its use. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const KEY_ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/** What one party may do with a key. */
export interface KeyUse {
  readonly sid: string;
  readonly actions: readonly string[];
  /** ARNs of roles that may do so without another word; or `account`, where IAM policies decide. */
  readonly by: readonly string[] | 'account';
  /** @default - unconditionally */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A key policy that lets the account administer the key, and nobody use it but those whose use is spelled out. */
export function keyPolicy(...uses: readonly KeyUse[]): PolicyDocument {
  const administration = new PolicyStatement({
    sid: 'Administer',
    principals: [new AccountRootPrincipal()],
    actions: KEY_ADMINISTRATION,
    resources: ['*'],
  });
  return new PolicyDocument({ statements: [administration, ...uses.map(keyUseStatement)], minimize: false });
}

/** One use as a statement of a key policy. */
export function keyUseStatement({ sid, actions, by, conditions }: KeyUse): PolicyStatement {
  return new PolicyStatement({
    sid,
    principals: by === 'account' ? [new AccountRootPrincipal()] : by.map((arn) => new ArnPrincipal(arn)),
    actions: [...actions],
    resources: ['*'],
    conditions: conditions as Record<string, Record<string, unknown>> | undefined,
  });
}

/** The condition that a key is used by a service for its caller, and not by the caller. `service` as in `sqs`. */
export function viaService(scope: Construct, service: string) {
  return { StringEquals: { 'kms:ViaService': `${service}.${Stack.of(scope).region}.amazonaws.com` } };
}
