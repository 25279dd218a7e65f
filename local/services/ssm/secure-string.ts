/**
 * Owns secure strings: what KMS makes of a value, and how it is read again. A value lies encrypted, also in the journal.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
import { AwsError } from '../../wire/aws-error';
import { type Caller, onBehalfOf } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { invalidKeyId } from './faults';
import type { ParameterVersion } from './model';
import { parameterArn } from './parameter-arn';

/** What a SecureString is encrypted with when nobody says. */
export const OWN_KEY = 'alias/aws/ssm';

/** The ciphertext of a value, in base64; `caller` must be allowed `kms:Encrypt`. Rejects with InvalidKeyId and what KMS refuses. */
export async function sealed(host: Host, name: string, value: string, keyId: string, caller: Caller): Promise<string> {
  const Plaintext = Buffer.from(value).toString('base64');
  const answer = await ask(host, caller, 'Encrypt', {
    KeyId: keyId,
    Plaintext,
    EncryptionContext: contextOf(host, name),
  });
  return answer ? base64Of(answer.CiphertextBlob) : Plaintext;
}

/** The value of a SecureString; `caller` must be allowed `kms:Decrypt`. */
export async function opened(host: Host, name: string, version: ParameterVersion, caller: Caller): Promise<string> {
  const input = { CiphertextBlob: version.value, EncryptionContext: contextOf(host, name) };
  const answer = await ask(host, caller, 'Decrypt', input);
  return Buffer.from(answer ? base64Of(answer.Plaintext) : version.value, 'base64').toString();
}

/** Undefined where no KMS is served: the value then lies as it came. */
async function ask(host: Host, caller: Caller, action: string, input: object): Promise<any> {
  try {
    return await host.call(onBehalfOf(caller, 'ssm', host.region), 'kms', action, input);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'UnknownOperationException') return undefined;
    throw error.code === 'NotFoundException' ? invalidKeyId(error.message) : error;
  }
}

function contextOf(host: Host, name: string): Record<string, string> {
  return { PARAMETER_ARN: parameterArn(host, name) };
}

function base64Of(bytes: string | Uint8Array): string {
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('base64');
}
