import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { keyAccess } from '../key-access';
import { KEY_SPECS } from '../key-spec';
import type { Kms } from '../kms';
import type { KeyRecord } from '../model';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export function describeKey(kms: Kms): Action<{ KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => {
      const facts = { identifier: KeyId, grantOperation: 'DescribeKey' };
      return [keyAccess(kms, 'DescribeKey', kms.keyOrAlias(KeyId), call, facts)];
    },
    handle: ({ KeyId }) => ({ KeyMetadata: describe(kms.host, kms.keyOrAlias(KeyId)) }),
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export function describe({ accountId }: Host, key: KeyRecord): object {
  const { mac } = KEY_SPECS[key.spec];
  return {
    AWSAccountId: accountId,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.createdAtMs / 1000,
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    ...(key.deletionAtMs !== undefined && { DeletionDate: key.deletionAtMs / 1000 }),
    Origin: 'AWS_KMS',
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    ...(mac ? { MacAlgorithms: [mac.algorithm] } : { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }),
    MultiRegion: false,
  };
}
