import type { Action } from '../../../wire/service';
import { keyAccess } from '../key-access';
import type { Kms } from '../kms';
import { type PageRequest, pageOf } from '../page';
import { checkSymmetric } from './key-rotation';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html; the first material is no rotation. */
export function listKeyRotations(kms: Kms): Action<PageRequest & { readonly KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'ListKeyRotations', kms.key(KeyId), call)],
    handle: (input) => {
      const key = kms.key(input.KeyId);
      checkSymmetric(key);
      const { items, rest } = pageOf(key.rotations, input, 100, 1000);
      const Rotations = items.map(({ atMs, type }) => ({
        KeyId: key.arn,
        RotationDate: atMs / 1000,
        RotationType: type,
      }));
      return { Rotations, ...rest };
    },
  };
}
