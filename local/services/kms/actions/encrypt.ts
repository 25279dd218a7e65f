import type { Action } from '../../../wire/service';
import { readBinary } from '../binary';
import { seal } from '../ciphertext';
import { readContext } from '../encryption-context';
import { constraintBroken, dryRun } from '../faults';
import { keyAccess } from '../key-access';
import { checkUsable, type Kms } from '../kms';

const LIMIT_BYTES = 4096;

/** The only algorithm of a symmetric key. */
export const ALGORITHM = 'SYMMETRIC_DEFAULT';

interface EncryptInput {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly EncryptionContext?: Record<string, string>;
  readonly EncryptionAlgorithm?: string;
  readonly DryRun?: boolean;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export function encrypt(kms: Kms): Action<EncryptInput> {
  return {
    access: (input, call) => [
      keyAccess(kms, 'Encrypt', kms.keyOrAlias(input.KeyId), call, {
        identifier: input.KeyId,
        encryptionContext: readContext(input.EncryptionContext),
        grantOperation: 'Encrypt',
        keys: { 'kms:EncryptionAlgorithm': ALGORITHM },
      }),
    ],
    handle: (input) => {
      const key = kms.keyOrAlias(input.KeyId);
      const plaintext = readBinary('plaintext', input.Plaintext, LIMIT_BYTES);
      checkAlgorithm(input.EncryptionAlgorithm);
      checkUsable(key, 'ENCRYPT_DECRYPT', 'Encrypt');
      if (input.DryRun) throw dryRun();
      const blob = seal(key, plaintext, readContext(input.EncryptionContext), kms.host.kernel.random);
      return { CiphertextBlob: blob.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
    },
  };
}

/** Throws ValidationException for an algorithm that no symmetric key has. */
export function checkAlgorithm(algorithm: string | undefined): void {
  if (algorithm !== undefined && algorithm !== ALGORITHM) {
    throw constraintBroken('encryptionAlgorithm', algorithm, `satisfy enum value set: [${ALGORITHM}]`);
  }
}
