import { DescribeKeyCommand, GetKeyRotationStatusCommand, ListAliasesCommand } from '@aws-sdk/client-kms';
import type { Template } from '../../local/assembly/template';
import { ACCOUNT, KmsAccount, policy } from '../support/kms-account';

const DAY_MS = 24 * 3600 * 1000;
const account = new KmsAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

describe('in a template', () => {
  const template = (key: Record<string, unknown>, alias = 'alias/in-template'): Template => ({
    Resources: {
      Key: { Type: 'AWS::KMS::Key', Properties: key },
      Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: alias, TargetKeyId: { Ref: 'Key' } } },
    },
    Outputs: {
      Id: { Value: { Ref: 'Key' } },
      Arn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      Alias: { Value: { Ref: 'Alias' } },
    },
  });

  it('a key and its alias are created, changed and scheduled for deletion', async () => {
    const outputs = await account.deploy('keys', template({ EnableKeyRotation: true, RotationPeriodInDays: '100' }));
    expect(outputs.Arn).toBe(`arn:aws:kms:us-east-1:${ACCOUNT}:key/${outputs.Id}`);
    expect(outputs.Alias).toBe('alias/in-template');
    const status = await account.kms.send(new GetKeyRotationStatusCommand({ KeyId: outputs.Id }));
    expect(status).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 100 });
    const changed = await account.update('keys', template({ Enabled: false, PendingWindowInDays: 9 }, 'alias/renamed'));
    expect(changed).toMatchObject({ Id: outputs.Id, Alias: 'alias/renamed' });
    const { KeyMetadata } = await account.kms.send(new DescribeKeyCommand({ KeyId: 'alias/renamed' }));
    expect(KeyMetadata).toMatchObject({ KeyId: outputs.Id, KeyState: 'Disabled' });
    const deleted = await account.cloudFormation.deleteStack('keys');
    await deleted?.done;
    const gone = (await account.kms.send(new DescribeKeyCommand({ KeyId: outputs.Id }))).KeyMetadata!;
    expect(gone.KeyState).toBe('PendingDeletion');
    expect(gone.DeletionDate!.getTime() - account.clock.now()).toBe(9 * DAY_MS);
  });

  const refused: [string, Record<string, unknown>][] = [
    ['multi-Region', { MultiRegion: true }],
    ['asymmetric', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }],
    ['with a rotation that is off but has a period', { RotationPeriodInDays: 100 }],
    [
      'with a policy that locks CloudFormation out',
      { KeyPolicy: policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }) },
    ],
  ];
  it.each(refused)('a key is rejected %s', async (_, key) => {
    await account.deploy('refused', template(key, 'alias/refused')).catch(() => undefined);
    expect((await account.kms.send(new ListAliasesCommand({}))).Aliases).not.toContainEqual(
      expect.objectContaining({ AliasName: 'alias/refused' }),
    );
    await (await account.cloudFormation.deleteStack('refused')).done;
  });
});
