import type { Action } from '../../../wire/service';
import { accountAccess } from '../key-access';
import type { Kms } from '../kms';
import { type PageRequest, pageOf } from '../page';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export function listAliases(kms: Kms): Action<PageRequest & { readonly KeyId?: string }> {
  return {
    access: (_, call) => [accountAccess('ListAliases', call)],
    handle: (input) => {
      const keyId = input.KeyId === undefined ? undefined : kms.key(input.KeyId).id;
      const wanted = kms.store.allAliases().filter((alias) => keyId === undefined || alias.keyId === keyId);
      const { items, rest } = pageOf(wanted, input, 50, 100);
      const Aliases = items.map(({ name, arn, keyId: TargetKeyId, createdAtMs, updatedAtMs }) => ({
        AliasName: name,
        AliasArn: arn,
        TargetKeyId,
        CreationDate: createdAtMs / 1000,
        LastUpdatedDate: updatedAtMs / 1000,
      }));
      return { Aliases, ...rest };
    },
  };
}
