import type { WorkloadAccount } from './account';

/** What an administrator does with a key, one after another; each leaves the key as it was found, or takes back what is before. */
const ACTS: readonly (readonly [action: string, input: (keyId: string) => object])[] = [
  ['GetKeyPolicy', (KeyId) => ({ KeyId, PolicyName: 'default' })],
  ['ListKeyPolicies', (KeyId) => ({ KeyId })],
  ['ListGrants', (KeyId) => ({ KeyId })],
  ['ListResourceTags', (KeyId) => ({ KeyId })],
  ['TagResource', (KeyId) => ({ KeyId, Tags: [{ TagKey: 'seen', TagValue: 'yes' }] })],
  ['UntagResource', (KeyId) => ({ KeyId, TagKeys: ['seen'] })],
  ['UpdateKeyDescription', (KeyId) => ({ KeyId, Description: 'looked after' })],
  ['CreateAlias', (KeyId) => ({ AliasName: 'alias/looked-after', TargetKeyId: KeyId })],
  ['UpdateAlias', (KeyId) => ({ AliasName: 'alias/looked-after', TargetKeyId: KeyId })],
  ['DeleteAlias', () => ({ AliasName: 'alias/looked-after' })],
  ['EnableKeyRotation', (KeyId) => ({ KeyId })],
  ['GetKeyRotationStatus', (KeyId) => ({ KeyId })],
  ['ListKeyRotations', (KeyId) => ({ KeyId })],
  ['RotateKeyOnDemand', (KeyId) => ({ KeyId })],
  ['DisableKeyRotation', (KeyId) => ({ KeyId })],
  ['RevokeGrant', (KeyId) => ({ KeyId, GrantId: '0'.repeat(64) })],
  ['DisableKey', (KeyId) => ({ KeyId })],
  ['EnableKey', (KeyId) => ({ KeyId })],
  ['ScheduleKeyDeletion', (KeyId) => ({ KeyId, PendingWindowInDays: 30 })],
  ['CancelKeyDeletion', (KeyId) => ({ KeyId })],
  ['EnableKey', (KeyId) => ({ KeyId })],
];

/**
 * An administrator looks after every key of the stacks. Some acts are none for some keys, such as the rotation of one that
 * makes codes: they are let through and refused by KMS.
 */
export async function lookAfterKeys(account: WorkloadAccount): Promise<void> {
  for (const { attachedTo, path, document } of account.policies) {
    if (path[0] !== 'KeyPolicy') continue;
    const [keyId = ''] = attachedTo;
    for (const [action, input] of ACTS) await account.attempt('kms', action, input(keyId));
    const Policy = JSON.stringify(document);
    await account.attempt('kms', 'PutKeyPolicy', { KeyId: keyId, PolicyName: 'default', Policy });
  }
}
