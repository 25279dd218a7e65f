import type { Action } from '../../../wire/service';
import { seal } from '../ciphertext';
import { readContext } from '../encryption-context';
import { constraintBroken, dryRun, validation } from '../faults';
import { keyAccess } from '../key-access';
import { checkUsable, type Kms } from '../kms';

interface DataKeyInput {
  readonly KeyId?: string;
  readonly KeySpec?: string;
  readonly NumberOfBytes?: number;
  readonly EncryptionContext?: Record<string, string>;
  readonly DryRun?: boolean;
}

const SPEC_BYTES: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };
const LIMIT_BYTES = 1024;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export function generateDataKey(kms: Kms): Action<DataKeyInput> {
  return action(kms, 'GenerateDataKey', true);
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
export function generateDataKeyWithoutPlaintext(kms: Kms): Action<DataKeyInput> {
  return action(kms, 'GenerateDataKeyWithoutPlaintext', false);
}

function action(kms: Kms, name: string, hasPlaintext: boolean): Action<DataKeyInput> {
  return {
    access: (input, call) => [
      keyAccess(kms, name, kms.keyOrAlias(input.KeyId), call, {
        identifier: input.KeyId,
        encryptionContext: readContext(input.EncryptionContext),
        grantOperation: name,
      }),
    ],
    handle: (input) => {
      const key = kms.keyOrAlias(input.KeyId);
      const count = byteCount(input);
      checkUsable(key, 'ENCRYPT_DECRYPT', name);
      if (input.DryRun) throw dryRun();
      const { random } = kms.host.kernel;
      const plaintext = random.bytes(count);
      const blob = seal(key, plaintext, readContext(input.EncryptionContext), random);
      return {
        CiphertextBlob: blob.toString('base64'),
        ...(hasPlaintext && { Plaintext: plaintext.toString('base64') }),
        KeyId: key.arn,
      };
    },
  };
}

function byteCount({ KeySpec, NumberOfBytes }: DataKeyInput): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw validation('Please specify either number of bytes or key spec.');
  }
  if (KeySpec === undefined) return checkByteCount(NumberOfBytes);
  const count = SPEC_BYTES[KeySpec];
  if (count === undefined) throw constraintBroken('keySpec', KeySpec, 'satisfy enum value set: [AES_256, AES_128]');
  return count;
}

/** Throws ValidationException unless it is a number from 1 to 1024. */
export function checkByteCount(count: number | undefined): number {
  if (!Number.isInteger(count) || count! < 1 || count! > LIMIT_BYTES) {
    throw constraintBroken('numberOfBytes', count, `have value between 1 and ${LIMIT_BYTES}`);
  }
  return count!;
}
