import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createIamServices } from '../../../local/services/iam/router';
import { createKmsService } from '../../../local/services/kms/router';
import { createSsmService } from '../../../local/services/ssm/router';
import type { Caller } from '../../../local/wire/caller';
import { administrator, Gateway } from '../../../local/wire/gateway';
import type { ResourceProvider } from '../../../local/wire/resource-provider';

let gateway: Gateway;
let user: Caller;
let roles: ResourceProvider;

beforeEach(() => {
  gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
  gateway.boundTo('http://127.0.0.1:4566');
  const { iam, authorizer } = createIamServices(gateway);
  gateway.useAuthorizer(authorizer);
  gateway.register(iam, createKmsService(gateway), createSsmService(gateway));
  user = administrator(gateway.accountId);
  roles = iam.resources!.find(({ type }) => type === 'AWS::IAM::Role')!;
});

const call = (action: string, input: object, caller: Caller = user): Promise<any> =>
  gateway.call(caller, 'ssm', action, input);
const put = (more: object = {}) => call('PutParameter', { Name: '/s', Value: 'secret', Type: 'SecureString', ...more });

it('is read decrypted, or as its ciphertext', async () => {
  await put();
  const sealed = (await call('GetParameter', { Name: '/s' })).Parameter;
  expect(sealed.Type).toBe('SecureString');
  expect(Buffer.from(sealed.Value, 'base64').toString()).not.toContain('secret');
  expect((await call('GetParameter', { Name: '/s', WithDecryption: true })).Parameter.Value).toBe('secret');
  const byPath = await call('GetParametersByPath', { Path: '/', WithDecryption: true });
  expect(byPath.Parameters).toMatchObject([{ Name: '/s', Value: 'secret' }]);
  const { Parameters } = await call('DescribeParameters', { ParameterFilters: [{ Key: 'Name', Values: ['/s'] }] });
  expect(Parameters).toMatchObject([{ KeyId: 'alias/aws/ssm' }]);
});

it('takes the key that it is told, and rejects one that is not there', async () => {
  const { KeyMetadata } = await gateway.call(user, 'kms', 'CreateKey', {});
  await put({ KeyId: KeyMetadata.KeyId });
  await put({ Value: 'next', Overwrite: true });
  const { Parameters } = await call('GetParameterHistory', { Name: '/s', WithDecryption: true });
  expect(Parameters.map(({ KeyId, Value }: any) => [KeyId, Value])).toEqual([
    [KeyMetadata.KeyId, 'secret'],
    [KeyMetadata.KeyId, 'next'],
  ]);
  await expect(put({ Name: '/t', KeyId: 'alias/none' })).rejects.toMatchObject({ code: 'InvalidKeyId' });
});

it('is read by nobody without leave to decrypt', async () => {
  const { KeyMetadata } = await gateway.call(user, 'kms', 'CreateKey', {});
  await put({ KeyId: KeyMetadata.KeyId });
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const read = { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' };
  const policy = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });
  const { attributes } = await roles.create(
    {
      RoleName: 'reader',
      AssumeRolePolicyDocument: policy(trust),
      Policies: [{ PolicyName: 'p', PolicyDocument: policy(read) }],
    },
    {} as never,
  );
  const role = gateway.assumeRole(String(attributes!.Arn), 'lambda.amazonaws.com', 'test');
  expect((await call('GetParameter', { Name: '/s' }, role)).Parameter.Name).toBe('/s');
  await expect(call('GetParameter', { Name: '/s', WithDecryption: true }, role)).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringContaining('kms:Decrypt'),
  });
});
