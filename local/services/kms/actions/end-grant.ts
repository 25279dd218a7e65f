import type { Action } from '../../../wire/service';
import { invalidGrantId, validation } from '../faults';
import { isPrincipal } from '../grants';
import { keyAccess } from '../key-access';
import type { Kms } from '../kms';
import type { Grant, KeyRecord } from '../model';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html */
export function revokeGrant(kms: Kms): Action<{ KeyId?: string; GrantId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'RevokeGrant', kms.key(KeyId), call)],
    handle: ({ KeyId, GrantId }) => {
      const key = kms.key(KeyId);
      remove(kms, key, grantOf(key, GrantId));
    },
  };
}

interface RetireGrantInput {
  readonly GrantToken?: string;
  readonly KeyId?: string;
  readonly GrantId?: string;
}

/**
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html: the retiring principal may, and the grantee when the
 * grant says so; others need the key's policy.
 */
export function retireGrant(kms: Kms): Action<RetireGrantInput> {
  return {
    access: (input, call) => {
      const { key, grant } = find(kms, input);
      const isRetiring = isPrincipal(call.caller, grant.retiringPrincipal);
      const isGrantee = isPrincipal(call.caller, grant.granteePrincipal) && grant.operations.includes('RetireGrant');
      return [{ ...keyAccess(kms, 'RetireGrant', key, call), isGranted: isRetiring || isGrantee }];
    },
    handle: (input) => {
      const { key, grant } = find(kms, input);
      remove(kms, key, grant);
    },
  };
}

function find(kms: Kms, { GrantToken, KeyId, GrantId }: RetireGrantInput): { key: KeyRecord; grant: Grant } {
  if (KeyId !== undefined && GrantId !== undefined) {
    const key = kms.key(KeyId);
    return { key, grant: grantOf(key, GrantId) };
  }
  if (GrantToken === undefined) throw validation('Specify either the grant token, or the key ID and the grant ID.');
  for (const key of kms.store.allKeys()) {
    const grant = key.grants.find(({ token }) => token === GrantToken);
    if (grant) return { key, grant };
  }
  throw invalidGrantId();
}

function grantOf(key: KeyRecord, id: string | undefined): Grant {
  const grant = key.grants.find((candidate) => candidate.id === id);
  if (!grant) throw invalidGrantId();
  return grant;
}

function remove(kms: Kms, key: KeyRecord, ended: Grant): void {
  kms.store.change(key, { grants: key.grants.filter((grant) => grant !== ended) });
}
