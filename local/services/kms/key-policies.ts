/** Key policies: the one that a key gets by itself, and the checks of one that is given. */
import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { malformedPolicy } from './faults';
import type { KeyPolicy } from './model';

const LIMIT_BYTES = 32_768;

/** Lets the account's own policies decide. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export function defaultPolicy(accountId: string): KeyPolicy {
  return policyOf({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/**
 * Of a key that AWS makes for one of its services: usable through the service by whoever may use the service.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html
 */
export function managedPolicy(service: string, { accountId, region }: Host): KeyPolicy {
  return policyOf({
    Version: '2012-10-17',
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': accountId,
            'kms:ViaService': `${service}.${region}.amazonaws.com`,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  });
}

function policyOf(document: object): KeyPolicy {
  return { text: JSON.stringify(document, null, 2), document };
}

/**
 * Reads a key policy. Throws MalformedPolicyDocumentException when it is none, or, unless `isLockoutAllowed`, when `caller` could
 * not change it any more.
 */
export function readPolicy(
  host: Host,
  text: string,
  keyArn: string,
  caller: Caller,
  isLockoutAllowed: boolean,
): KeyPolicy {
  if (Buffer.byteLength(text) > LIMIT_BYTES) throw malformedPolicy('The key policy is longer than 32 KB.');
  const document = parse(text);
  try {
    host.authorize(caller, 'kms', { action: 'kms:PutKeyPolicy', resource: keyArn }, document);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'MalformedPolicyDocument') throw malformedPolicy(error.message);
    if (!isLockoutAllowed) {
      throw malformedPolicy('The new key policy will not allow you to update the key policy in the future.');
    }
  }
  return { text, document };
}

function parse(text: string): object {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformedPolicy('The key policy is not JSON.');
  }
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    throw malformedPolicy('Syntax errors in policy.');
  }
  return document;
}
