import type { Action } from '../../../wire/service';
import { keyAccess } from '../key-access';
import { checkNotPending, type Kms } from '../kms';
import type { KeyState } from '../model';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export function enableKey(kms: Kms): Action<{ KeyId?: string }> {
  return action(kms, 'EnableKey', 'Enabled');
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export function disableKey(kms: Kms): Action<{ KeyId?: string }> {
  return action(kms, 'DisableKey', 'Disabled');
}

function action(kms: Kms, name: string, state: KeyState): Action<{ KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, name, kms.key(KeyId), call)],
    handle: ({ KeyId }) => {
      const key = kms.key(KeyId);
      checkNotPending(key);
      kms.store.setState(key, state);
    },
  };
}
