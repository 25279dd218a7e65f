import type { Action } from '../../../wire/service';
import { keyAccess } from '../key-access';
import type { Kms } from '../kms';
import { type PageRequest, pageOf } from '../page';

interface ListGrantsInput extends PageRequest {
  readonly KeyId?: string;
  readonly GrantId?: string;
  readonly GranteePrincipal?: string;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export function listGrants(kms: Kms): Action<ListGrantsInput> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'ListGrants', kms.key(KeyId), call)],
    handle: (input) => {
      const key = kms.key(input.KeyId);
      const wanted = key.grants.filter(
        ({ id, granteePrincipal }) =>
          (input.GrantId === undefined || id === input.GrantId) &&
          (input.GranteePrincipal === undefined || granteePrincipal === input.GranteePrincipal),
      );
      const { items, rest } = pageOf(wanted, input, 50, 100);
      const Grants = items.map((grant) => ({
        KeyId: key.arn,
        GrantId: grant.id,
        Name: grant.name,
        CreationDate: grant.createdAtMs / 1000,
        GranteePrincipal: grant.granteePrincipal,
        RetiringPrincipal: grant.retiringPrincipal,
        IssuingAccount: `arn:aws:iam::${kms.host.accountId}:root`,
        Operations: grant.operations,
        Constraints: grant.constraints,
      }));
      return { Grants, ...rest };
    },
  };
}
