import type { Action } from '../../../wire/service';
import { keyAccess } from '../key-access';
import { checkNotPending, type Kms } from '../kms';
import { checkDescription } from './create-key';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html */
export function updateKeyDescription(kms: Kms): Action<{ KeyId?: string; Description?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'UpdateKeyDescription', kms.key(KeyId), call)],
    handle: ({ KeyId, Description = '' }) => {
      const key = kms.key(KeyId);
      checkNotPending(key);
      kms.store.change(key, { description: checkDescription(Description) });
    },
  };
}
