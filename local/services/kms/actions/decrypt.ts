import type { Action } from '../../../wire/service';
import { readBinary } from '../binary';
import { keyIdOf, open } from '../ciphertext';
import { readContext } from '../encryption-context';
import { dryRun, foreignCiphertext, incorrectKey } from '../faults';
import { keyAccess } from '../key-access';
import { checkUsable, type Kms } from '../kms';
import type { KeyRecord } from '../model';
import { ALGORITHM, checkAlgorithm } from './encrypt';

/** A ciphertext is a little longer than what it was made from. */
export const LIMIT_BLOB_BYTES = 6144;

interface DecryptInput {
  readonly CiphertextBlob?: string;
  readonly KeyId?: string;
  readonly EncryptionContext?: Record<string, string>;
  readonly EncryptionAlgorithm?: string;
  readonly DryRun?: boolean;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html; the ciphertext itself names its key. */
export function decrypt(kms: Kms): Action<DecryptInput> {
  const keyOf = ({ KeyId, CiphertextBlob }: DecryptInput) =>
    KeyId === undefined ? keyOfBlob(kms, blobOf(CiphertextBlob)) : kms.keyOrAlias(KeyId);
  return {
    access: (input, call) => [
      keyAccess(kms, 'Decrypt', keyOf(input), call, {
        identifier: input.KeyId,
        encryptionContext: readContext(input.EncryptionContext),
        grantOperation: 'Decrypt',
        keys: { 'kms:EncryptionAlgorithm': ALGORITHM },
      }),
    ],
    handle: (input) => {
      const key = keyOf(input);
      checkAlgorithm(input.EncryptionAlgorithm);
      checkUsable(key, 'ENCRYPT_DECRYPT', 'Decrypt');
      const plaintext = openBlob(key, blobOf(input.CiphertextBlob), readContext(input.EncryptionContext));
      if (input.DryRun) throw dryRun();
      return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: ALGORITHM };
    },
  };
}

/** The key that a blob names. Throws InvalidCiphertextException, or AccessDeniedException when the key is gone. */
export function keyOfBlob(kms: Kms, blob: Buffer): KeyRecord {
  const key = kms.store.key(keyIdOf(blob));
  if (!key) throw foreignCiphertext();
  return key;
}

/** What a blob holds. Throws IncorrectKeyException when it was made with another key, else InvalidCiphertextException. */
export function openBlob(key: KeyRecord, blob: Buffer, context: Record<string, string>): Buffer {
  if (keyIdOf(blob) !== key.id) throw incorrectKey();
  return open(key, blob, context);
}

export function blobOf(ciphertext: unknown): Buffer {
  return readBinary('ciphertextBlob', ciphertext, LIMIT_BLOB_BYTES);
}
