import { createKmsService } from '../../../local/services/kms/router';
import { DurableServices } from '../../support/durable-services';

describe('keys that outlive their process', () => {
  let life: DurableServices;
  beforeEach(async () => {
    life = await DurableServices.start((host) => [createKmsService(host)]);
  });
  afterEach(() => life.close());
  const call = (action: string, input: object) => life.call('kms', action, input);

  it('decrypt what they encrypted, before a rotation too, and keep alias, policy and tags', async () => {
    const { KeyMetadata } = await call('CreateKey', { Description: 'd', Tags: [{ TagKey: 'k', TagValue: 'v' }] });
    const KeyId = KeyMetadata.KeyId;
    await call('CreateAlias', { AliasName: 'alias/mine', TargetKeyId: KeyId });
    const Plaintext = Buffer.from('secret').toString('base64');
    const first = await call('Encrypt', { KeyId: 'alias/mine', Plaintext });
    await life.restart();
    await call('RotateKeyOnDemand', { KeyId });
    const second = await call('Encrypt', { KeyId, Plaintext });
    await life.restart();
    for (const { CiphertextBlob } of [first, second]) {
      expect(await call('Decrypt', { CiphertextBlob })).toMatchObject({ KeyId: KeyMetadata.Arn, Plaintext });
    }
    expect((await call('DescribeKey', { KeyId: 'alias/mine' })).KeyMetadata).toMatchObject({ KeyId, Description: 'd' });
    expect((await call('ListResourceTags', { KeyId })).Tags).toEqual([{ TagKey: 'k', TagValue: 'v' }]);
    await call('DeleteAlias', { AliasName: 'alias/mine' });
    await life.restart();
    await expect(call('DescribeKey', { KeyId: 'alias/mine' })).rejects.toMatchObject({ code: 'NotFoundException' });
  });
});
