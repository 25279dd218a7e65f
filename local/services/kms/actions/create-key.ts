import type { Caller } from '../../../wire/caller';
import type { Action } from '../../../wire/service';
import { unsupported, validation } from '../faults';
import { accountAccess } from '../key-access';
import { defaultPolicy, readPolicy } from '../key-policies';
import { readSpec } from '../key-spec';
import type { Kms } from '../kms';
import type { KeyRecord } from '../model';
import { newKey } from '../new-key';
import { readTags, type TagEntry } from '../tags';
import { describe } from './describe-key';

/** The input of CreateKey. */
export interface CreateKeyInput {
  readonly Description?: string;
  readonly KeySpec?: string;
  /** The former name of KeySpec. */
  readonly CustomerMasterKeySpec?: string;
  readonly KeyUsage?: string;
  readonly Policy?: string;
  readonly BypassPolicyLockoutSafetyCheck?: boolean;
  readonly Origin?: string;
  readonly MultiRegion?: boolean;
  readonly CustomKeyStoreId?: string;
  readonly Tags?: readonly TagEntry[];
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html; asymmetric and multi-Region keys are refused. */
export function createKey(kms: Kms): Action<CreateKeyInput> {
  return {
    access: (input, call) => {
      const access = accountAccess('CreateKey', call);
      const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
      const bypass = String(input.BypassPolicyLockoutSafetyCheck === true);
      return [
        {
          ...access,
          context: { ...access.context, 'kms:KeySpec': spec, 'kms:BypassPolicyLockoutSafetyCheck': bypass },
        },
      ];
    },
    handle: (input, { caller }) => ({ KeyMetadata: describe(kms.host, addKey(kms, input, caller)) }),
  };
}

/** Makes a key and keeps it; `caller` is who must not lock himself out by its policy. */
export function addKey(kms: Kms, input: CreateKeyInput, caller: Caller): KeyRecord {
  if (input.MultiRegion) throw unsupported('Multi-Region keys are not emulated: there is one Region.');
  if (input.CustomKeyStoreId) throw unsupported('Custom key stores are not emulated.');
  if (input.Origin !== undefined && input.Origin !== 'AWS_KMS') {
    throw unsupported(`Origin ${input.Origin} is not emulated: use AWS_KMS.`);
  }
  const { spec } = readSpec(input.KeySpec ?? input.CustomerMasterKeySpec, input.KeyUsage);
  const { kernel, accountId } = kms.host;
  const id = kernel.random.uuid();
  const arn = kms.keyArn(id);
  const policy = input.Policy
    ? readPolicy(kms.host, input.Policy, arn, caller, input.BypassPolicyLockoutSafetyCheck === true)
    : defaultPolicy(accountId);
  const { Description: description } = input;
  const key = newKey(kernel, {
    id,
    arn,
    spec,
    manager: 'CUSTOMER',
    policy,
    description: checkDescription(description ?? ''),
    tags: readTags(input.Tags),
  });
  kms.store.addKey(key);
  return key;
}

/** Throws ValidationException for a description that is too long. */
export function checkDescription(description: string): string {
  if (description.length > 8192) throw validation('A description has at most 8192 characters.');
  return description;
}
