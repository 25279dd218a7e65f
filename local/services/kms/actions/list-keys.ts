import type { Action } from '../../../wire/service';
import { accountAccess } from '../key-access';
import type { Kms } from '../kms';
import { type PageRequest, pageOf } from '../page';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export function listKeys(kms: Kms): Action<PageRequest> {
  return {
    access: (_, call) => [accountAccess('ListKeys', call)],
    handle: (input) => {
      const { items, rest } = pageOf(kms.store.allKeys(), input, 100, 1000);
      return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...rest };
    },
  };
}
