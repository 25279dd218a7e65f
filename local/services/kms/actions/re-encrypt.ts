import type { Action } from '../../../wire/service';
import { seal } from '../ciphertext';
import { readContext } from '../encryption-context';
import { dryRun } from '../faults';
import { keyAccess } from '../key-access';
import { checkUsable, type Kms } from '../kms';
import { blobOf, keyOfBlob, openBlob } from './decrypt';
import { ALGORITHM, checkAlgorithm } from './encrypt';

interface ReEncryptInput {
  readonly CiphertextBlob?: string;
  readonly SourceKeyId?: string;
  readonly SourceEncryptionContext?: Record<string, string>;
  readonly SourceEncryptionAlgorithm?: string;
  readonly DestinationKeyId?: string;
  readonly DestinationEncryptionContext?: Record<string, string>;
  readonly DestinationEncryptionAlgorithm?: string;
  readonly DryRun?: boolean;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
export function reEncrypt(kms: Kms): Action<ReEncryptInput> {
  const sourceOf = ({ SourceKeyId, CiphertextBlob }: ReEncryptInput) =>
    SourceKeyId === undefined ? keyOfBlob(kms, blobOf(CiphertextBlob)) : kms.keyOrAlias(SourceKeyId);
  return {
    access: (input, call) => {
      const source = sourceOf(input);
      const target = kms.keyOrAlias(input.DestinationKeyId);
      const keys = { 'kms:ReEncryptOnSameKey': String(source.id === target.id) };
      return [
        keyAccess(kms, 'ReEncryptFrom', source, call, {
          identifier: input.SourceKeyId,
          encryptionContext: readContext(input.SourceEncryptionContext),
          grantOperation: 'ReEncryptFrom',
          keys,
        }),
        keyAccess(kms, 'ReEncryptTo', target, call, {
          identifier: input.DestinationKeyId,
          encryptionContext: readContext(input.DestinationEncryptionContext),
          grantOperation: 'ReEncryptTo',
          keys,
        }),
      ];
    },
    handle: (input) => {
      const source = sourceOf(input);
      const target = kms.keyOrAlias(input.DestinationKeyId);
      checkAlgorithm(input.SourceEncryptionAlgorithm);
      checkAlgorithm(input.DestinationEncryptionAlgorithm);
      checkUsable(source, 'ENCRYPT_DECRYPT', 'ReEncrypt');
      checkUsable(target, 'ENCRYPT_DECRYPT', 'ReEncrypt');
      const plaintext = openBlob(source, blobOf(input.CiphertextBlob), readContext(input.SourceEncryptionContext));
      if (input.DryRun) throw dryRun();
      const blob = seal(target, plaintext, readContext(input.DestinationEncryptionContext), kms.host.kernel.random);
      return {
        CiphertextBlob: blob.toString('base64'),
        SourceKeyId: source.arn,
        KeyId: target.arn,
        SourceEncryptionAlgorithm: ALGORITHM,
        DestinationEncryptionAlgorithm: ALGORITHM,
      };
    },
  };
}
