import type { Action } from '../../../wire/service';
import { notFound } from '../faults';
import { keyAccess } from '../key-access';
import { readPolicy } from '../key-policies';
import { type Kms, required } from '../kms';
import { type PageRequest, pageOf } from '../page';

/** The only name that a key policy can have. */
const POLICY_NAME = 'default';

interface PolicyInput {
  readonly KeyId?: string;
  readonly PolicyName?: string;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export function getKeyPolicy(kms: Kms): Action<PolicyInput> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'GetKeyPolicy', kms.key(KeyId), call)],
    handle: ({ KeyId, PolicyName }) => {
      checkName(PolicyName);
      return { Policy: kms.key(KeyId).policy.text, PolicyName: POLICY_NAME };
    },
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export function putKeyPolicy(
  kms: Kms,
): Action<PolicyInput & { Policy?: string; BypassPolicyLockoutSafetyCheck?: boolean }> {
  return {
    access: ({ KeyId, BypassPolicyLockoutSafetyCheck: bypass }, call) => {
      const keys = { 'kms:BypassPolicyLockoutSafetyCheck': String(bypass === true) };
      return [keyAccess(kms, 'PutKeyPolicy', kms.key(KeyId), call, { keys })];
    },
    handle: ({ KeyId, PolicyName, Policy, BypassPolicyLockoutSafetyCheck: bypass }, { caller }) => {
      checkName(PolicyName);
      const key = kms.key(KeyId);
      const policy = readPolicy(kms.host, required('policy', Policy), key.arn, caller, bypass === true);
      kms.store.change(key, { policy });
    },
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html */
export function listKeyPolicies(kms: Kms): Action<PageRequest & { readonly KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'ListKeyPolicies', kms.key(KeyId), call)],
    handle: (input) => {
      const { items, rest } = pageOf([POLICY_NAME], input, 100, 1000);
      return { PolicyNames: items, ...rest };
    },
  };
}

function checkName(name = POLICY_NAME): void {
  if (name !== POLICY_NAME) throw notFound(`No such policy exists: ${name}`);
}
