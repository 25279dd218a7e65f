import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createSecretsManagerService } from '../../../local/services/secretsmanager/router';
import { Gateway } from '../../../local/wire/gateway';
import type { ResourceContext, ResourceProvider } from '../../../local/wire/resource-provider';
import type { Service } from '../../../local/wire/service';

const user = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' } as const;
const context = { generateName: () => 'Secret-1A2B', caller: user } as unknown as ResourceContext;

let service: Service;
let gateway: Gateway;
const provider = (type: string): ResourceProvider =>
  service.resources!.find((resource) => resource.type === `AWS::SecretsManager::${type}`)!;

beforeEach(() => {
  gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
  service = createSecretsManagerService(gateway);
  gateway.register(service);
});

const call = (action: string, input: object): Promise<any> => gateway.call(user, 'secretsmanager', action, input);
const value = async () => (await call('GetSecretValue', { SecretId: 'Secret-1A2B' })).SecretString;

describe('AWS::SecretsManager::Secret', () => {
  it('generates a password into a template, once for the same rules', async () => {
    const GenerateSecretString = {
      SecretStringTemplate: '{"username":"shop"}',
      GenerateStringKey: 'password',
      PasswordLength: 20,
      ExcludePunctuation: true,
    };
    const before = { GenerateSecretString };
    const { physicalId, attributes } = await provider('Secret').create(before, context);
    expect(attributes).toEqual({ Id: physicalId });
    const first = await value();
    expect(JSON.parse(first)).toEqual({ username: 'shop', password: expect.stringMatching(/^[A-Za-z0-9]{20}$/) });
    const described = { ...before, Description: 'changed' };
    await provider('Secret').update!(physicalId, described, before, context);
    expect(await value()).toBe(first);
    const longer = { GenerateSecretString: { ...GenerateSecretString, PasswordLength: 30 } };
    await provider('Secret').update!(physicalId, longer, described, context);
    expect(JSON.parse(await value()).password).toHaveLength(30);
    await provider('Secret').delete(physicalId, longer, context);
    await expect(value()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('takes the content that is given, and rejects two', async () => {
    await provider('Secret').create({ SecretString: 'given' }, context);
    expect(await value()).toBe('given');
    const both = { Name: 'both', SecretString: 'given', GenerateSecretString: {} };
    await expect(async () => provider('Secret').create(both, context)).rejects.toThrow("can't use both");
  });
});

it('the policy and the rotation of a secret are set and taken away by their resources', async () => {
  const { physicalId: SecretId } = await provider('Secret').create({ SecretString: 'x' }, context);
  const ResourcePolicy = { Version: '2012-10-17', Statement: [] };
  await provider('ResourcePolicy').create({ SecretId, ResourcePolicy }, context);
  expect(service.resourcePolicy!(SecretId)).toEqual(ResourcePolicy);
  await provider('ResourcePolicy').delete(SecretId, { SecretId, ResourcePolicy }, context);
  expect(service.resourcePolicy!(SecretId)).toBeUndefined();
  const RotationLambdaARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
  const schedule = { SecretId, RotationLambdaARN, RotationRules: { ScheduleExpression: 'rate(1 day)' } };
  await provider('RotationSchedule').create({ ...schedule, RotateImmediatelyOnUpdate: false }, context);
  expect(await call('DescribeSecret', { SecretId })).toMatchObject({ RotationEnabled: true, RotationLambdaARN });
  await provider('RotationSchedule').delete(SecretId, schedule, context);
  expect(await call('DescribeSecret', { SecretId })).toMatchObject({ RotationEnabled: false });
});
