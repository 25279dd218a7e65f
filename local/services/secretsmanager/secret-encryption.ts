/**
 * Owns what Secrets Manager asks of KMS for a secret with a KMS key of its own: a data key of the writer's for each version, the
 * reader's right to decrypt it. The content itself lies as it came.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
import { AwsError } from '../../wire/aws-error';
import { type Caller, onBehalfOf } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { decryptionFailure, encryptionFailure, kmsDenied } from './faults';
import type { Secret, SecretDataKey, SecretVersion } from './model';

/** The key that needs no permission: every caller of the account may use it through Secrets Manager. */
const OWN_KEY = /(^|\/)alias\/aws\/secretsmanager$/;

/** A data key for a new version; undefined where the secret has no key of its own, or no KMS is served. */
export async function dataKeyFor(
  host: Host,
  secret: Pick<Secret, 'arn' | 'kmsKeyId'>,
  versionId: string,
  caller: Caller,
): Promise<SecretDataKey | undefined> {
  if (secret.kmsKeyId === undefined || OWN_KEY.test(secret.kmsKeyId)) return undefined;
  const EncryptionContext = contextOf(secret.arn, versionId);
  const input = { KeyId: secret.kmsKeyId, KeySpec: 'AES_256', EncryptionContext };
  const key = await ask(host, caller, 'GenerateDataKey', input, encryptionFailure);
  if (!key) return undefined;
  await ask(host, caller, 'Decrypt', { CiphertextBlob: key.CiphertextBlob, EncryptionContext }, encryptionFailure);
  return { keyArn: key.KeyId, ciphertext: Buffer.from(key.CiphertextBlob, 'base64').toString('base64') };
}

/** Rejects unless `caller` may decrypt a version. */
export async function openVersion(host: Host, secret: Secret, version: SecretVersion, caller: Caller): Promise<void> {
  if (!version.dataKey) return;
  const EncryptionContext = contextOf(secret.arn, version.id);
  const input = { CiphertextBlob: version.dataKey.ciphertext, EncryptionContext };
  await ask(host, caller, 'Decrypt', input, decryptionFailure);
}

async function ask(host: Host, caller: Caller, action: string, input: object, failure: (text: string) => AwsError) {
  try {
    return await host.call(onBehalfOf(caller, 'secretsmanager', host.region), 'kms', action, input);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'UnknownOperationException') return undefined;
    throw error.code === 'AccessDeniedException' ? kmsDenied() : failure(error.message);
  }
}

function contextOf(SecretARN: string, SecretVersionId: string): Record<string, string> {
  return { SecretARN, SecretVersionId };
}
