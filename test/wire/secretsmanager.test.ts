import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createSecretsManagerService } from '../../local/services/secretsmanager/router';
import { type RunningGateway, startGateway } from '../support/embedded';
import { recordingService } from '../support/recording-service';

const DAY_MS = 86_400_000;
const token = (digit: number) => String(digit).repeat(32);
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:rotate';

let clock: SimulatedClock;
let running: RunningGateway;
let client: SecretsManagerClient;
/** What the rotating function does in each step. */
let step: (event: { Step: string; SecretId: string; ClientRequestToken: string }) => Promise<unknown>;
const lambda = recordingService('lambda', {
  Invoke: async ({ Payload }) => {
    await step(JSON.parse(Buffer.from(Payload).toString()));
    return { StatusCode: 200 };
  },
});

beforeEach(async () => {
  clock = new SimulatedClock();
  lambda.calls.length = 0;
  running = await startGateway((host) => [createSecretsManagerService(host), lambda], {
    kernel: { clock, random: new SeededRandom('secrets') },
  });
  client = new SecretsManagerClient(running.client);
});

afterEach(async () => {
  client.destroy();
  await running.close();
});

const create = (Name: string, SecretString = 'first', more: object = {}) =>
  client.send(new CreateSecretCommand({ Name, SecretString, ClientRequestToken: token(1), ...more }));
const get = (SecretId: string, more: object = {}) => client.send(new GetSecretValueCommand({ SecretId, ...more }));
const put = (SecretId: string, SecretString: string, more: object = {}) =>
  client.send(new PutSecretValueCommand({ SecretId, SecretString, ...more }));

describe('a secret', () => {
  it('is read by its name, its ARN, and its ARN without the end', async () => {
    const { ARN, VersionId } = await create('db/password');
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:db\/password-[A-Za-z0-9]{6}$/);
    for (const id of ['db/password', ARN!, ARN!.slice(0, -7)]) {
      expect(await get(id)).toMatchObject({
        ARN,
        Name: 'db/password',
        VersionId,
        SecretString: 'first',
        VersionStages: ['AWSCURRENT'],
        CreatedDate: new Date(clock.now()),
      });
    }
  });

  it('may be bytes', async () => {
    const SecretBinary = Uint8Array.from([1, 2, 250]);
    await client.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary }));
    expect((await get('bytes')).SecretBinary).toEqual(SecretBinary);
  });

  it('keeps its former versions and their labels', async () => {
    await create('s');
    await put('s', 'second', { ClientRequestToken: token(2) });
    await put('s', 'third', { ClientRequestToken: token(3) });
    expect((await get('s')).SecretString).toBe('third');
    expect((await get('s', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('second');
    expect((await get('s', { VersionId: token(1) })).VersionStages).toBeUndefined();
    const list = (IncludeDeprecated: boolean) =>
      client.send(new ListSecretVersionIdsCommand({ SecretId: 's', IncludeDeprecated }));
    expect((await list(false)).Versions!.map(({ VersionId }) => VersionId)).toEqual([token(2), token(3)]);
    expect((await list(true)).Versions).toHaveLength(3);
  });

  it('takes the same request twice, and no other content under its token', async () => {
    const first = await create('s');
    expect(await create('s')).toMatchObject({ ARN: first.ARN, VersionId: first.VersionId });
    await put('s', 'second', { ClientRequestToken: token(2) });
    await put('s', 'second', { ClientRequestToken: token(2) });
    await expect(put('s', 'other', { ClientRequestToken: token(2) })).rejects.toMatchObject({
      name: 'ResourceExistsException',
      message: expect.stringContaining(`You can't use ClientRequestToken ${token(2)}`),
    });
    await expect(create('s', 'other')).rejects.toMatchObject({
      name: 'ResourceExistsException',
      message: 'The operation failed because the secret s already exists.',
    });
  });

  it('moves labels of its own from version to version', async () => {
    await create('s');
    await put('s', 'next', { ClientRequestToken: token(2), VersionStages: ['blue'] });
    expect((await get('s')).SecretString).toBe('first');
    const move = (input: object) =>
      client.send(new UpdateSecretVersionStageCommand({ SecretId: 's', VersionStage: 'AWSCURRENT', ...input }));
    await expect(move({ MoveToVersionId: token(2) })).rejects.toMatchObject({
      message: expect.stringContaining("The parameter RemoveFromVersionId can't be empty."),
    });
    await move({ MoveToVersionId: token(2), RemoveFromVersionId: token(1) });
    expect((await get('s')).VersionStages).toEqual(['blue', 'AWSCURRENT']);
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: 's' }));
    expect(VersionIdsToStages).toEqual({ [token(1)]: ['AWSPREVIOUS'], [token(2)]: ['blue', 'AWSCURRENT'] });
  });

  it('is changed, tagged and described', async () => {
    await create('s', 'first', { Tags: [{ Key: 'team', Value: 'a' }] });
    await client.send(new UpdateSecretCommand({ SecretId: 's', Description: 'of the shop', SecretString: 'second' }));
    await client.send(new TagResourceCommand({ SecretId: 's', Tags: [{ Key: 'cost', Value: '1' }] }));
    await client.send(new UntagResourceCommand({ SecretId: 's', TagKeys: ['team'] }));
    await get('s');
    expect(await client.send(new DescribeSecretCommand({ SecretId: 's' }))).toMatchObject({
      Description: 'of the shop',
      Tags: [{ Key: 'cost', Value: '1' }],
      LastAccessedDate: new Date(Math.floor(clock.now() / DAY_MS) * DAY_MS),
    });
  });

  it.each([
    ['an unknown secret', () => get('none'), 'ResourceNotFoundException', "can't find the specified secret."],
    [
      'an unknown label',
      () => get('s', { VersionStage: 'AWSPENDING' }),
      'ResourceNotFoundException',
      'for staging label: AWSPENDING',
    ],
    ['a bad name', () => create('no spaces'), 'InvalidParameterException', 'Must be a valid name'],
    [
      'no content',
      () => client.send(new PutSecretValueCommand({ SecretId: 's' })),
      'InvalidRequestException',
      'You must provide either SecretString or SecretBinary.',
    ],
    ['a short token', () => put('s', 'x', { ClientRequestToken: 'x' }), 'InvalidParameterException', '32-64'],
  ] as [string, () => Promise<unknown>, string, string][])('rejects %s', async (_what, ask, name, text) => {
    await create('s');
    await expect(ask()).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
  });
});

describe('a deleted secret', () => {
  it('can be restored until its recovery window is over', async () => {
    await create('s');
    const remove = (more: object) => client.send(new DeleteSecretCommand({ SecretId: 's', ...more }));
    await expect(remove({ RecoveryWindowInDays: 6 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { DeletionDate } = await remove({ RecoveryWindowInDays: 7 });
    expect(DeletionDate).toEqual(new Date(clock.now() + 7 * DAY_MS));
    await expect(get('s')).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('marked for deletion'),
    });
    await expect(create('s')).rejects.toMatchObject({ message: expect.stringContaining('scheduled for deletion') });
    await client.send(new RestoreSecretCommand({ SecretId: 's' }));
    await clock.turn(8 * DAY_MS);
    expect((await get('s')).SecretString).toBe('first');
    await remove({});
    await clock.turn(30 * DAY_MS);
    await expect(get('s')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is gone at once without recovery, and its name is free', async () => {
    const { ARN } = await create('s');
    await client.send(new DeleteSecretCommand({ SecretId: 's', ForceDeleteWithoutRecovery: true }));
    expect((await create('s')).ARN).not.toBe(ARN);
  });
});

describe('lists', () => {
  beforeEach(async () => {
    for (const name of ['shop/a', 'shop/b', 'other']) await create(name);
  });

  it('are filtered, sorted and paged', async () => {
    const list = async (input: object) => client.send(new ListSecretsCommand(input));
    const shop = await list({ Filters: [{ Key: 'name', Values: ['shop'] }], SortBy: 'name', SortOrder: 'desc' });
    expect(shop.SecretList!.map(({ Name }) => Name)).toEqual(['shop/b', 'shop/a']);
    const rest = await list({ Filters: [{ Key: 'name', Values: ['!shop'] }] });
    expect(rest.SecretList!.map(({ Name }) => Name)).toEqual(['other']);
    const page = await list({ MaxResults: 2 });
    expect((await list({ MaxResults: 2, NextToken: page.NextToken })).SecretList).toHaveLength(1);
  });

  it('are read at one go, with the errors of those that cannot be', async () => {
    const { SecretValues, Errors } = await client.send(
      new BatchGetSecretValueCommand({ SecretIdList: ['shop/a', 'none'] }),
    );
    expect(SecretValues).toMatchObject([{ Name: 'shop/a', SecretString: 'first' }]);
    expect(Errors).toMatchObject([{ SecretId: 'none', ErrorCode: 'ResourceNotFoundException' }]);
  });
});

describe('random passwords', () => {
  it('have the length and the characters that were asked for', async () => {
    const password = async (input: object) => (await client.send(new GetRandomPasswordCommand(input))).RandomPassword!;
    expect(await password({})).toHaveLength(32);
    const plain = await password({ PasswordLength: 200, ExcludePunctuation: true, ExcludeCharacters: 'abc0' });
    expect(plain).toMatch(/^[A-Zd-z1-9]{200}$/);
    expect(await password({ PasswordLength: 3, ExcludePunctuation: true })).toMatch(/[0-9]/);
    await expect(password({ PasswordLength: 0 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('rotation', () => {
  beforeEach(async () => {
    await create('s');
    step = async ({ Step, SecretId, ClientRequestToken }) => {
      if (Step === 'createSecret') {
        await put(SecretId, `rotated at ${clock.now()}`, { ClientRequestToken, VersionStages: ['AWSPENDING'] });
      }
      if (Step === 'finishSecret') {
        const { VersionId } = await get(SecretId);
        const move = {
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: ClientRequestToken,
          RemoveFromVersionId: VersionId,
        };
        await client.send(new UpdateSecretVersionStageCommand({ SecretId, ...move }));
      }
    };
  });

  /** Turns the clock until the rotations that fall due have come to their end. */
  async function rotated(calls: number) {
    while (lambda.calls.length < calls) await clock.turn(1);
    for (let description = await describe(); isPending(description); description = await describe());
  }
  const describe = () => client.send(new DescribeSecretCommand({ SecretId: 's' }));
  const isPending = ({ VersionIdsToStages }: Awaited<ReturnType<typeof describe>>) =>
    Object.values(VersionIdsToStages!).some((stages) => stages.includes('AWSPENDING'));

  it('calls the function in four steps, then again when it is time', async () => {
    const start = clock.now();
    const RotationRules = { AutomaticallyAfterDays: 10 };
    await client.send(new RotateSecretCommand({ SecretId: 's', RotationLambdaARN: functionArn, RotationRules }));
    await rotated(4);
    expect(lambda.calls.map(({ input }) => JSON.parse(Buffer.from(input.Payload).toString()).Step)).toEqual([
      'createSecret',
      'setSecret',
      'testSecret',
      'finishSecret',
    ]);
    expect((await get('s')).SecretString).toBe(`rotated at ${start}`);
    expect(await describe()).toMatchObject({ RotationEnabled: true, RotationRules, RotationLambdaARN: functionArn });
    await clock.turn(10 * DAY_MS);
    await rotated(8);
    expect((await get('s', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe(`rotated at ${start}`);
  });

  it('leaves the secret as it was when the function fails, and rejects a second one meanwhile', async () => {
    step = async () => {
      throw new Error('no database');
    };
    const rotate = (more: object = {}) =>
      client.send(new RotateSecretCommand({ SecretId: 's', RotationLambdaARN: functionArn, ...more }));
    await rotate();
    await clock.turn(0);
    expect((await get('s')).SecretString).toBe('first');
    await expect(rotate()).rejects.toMatchObject({
      message: expect.stringContaining("previous rotation isn't complete"),
    });
    expect(running.warnings.join()).toContain('was not rotated');
  });

  it('rejects a secret that has no function', async () => {
    await expect(client.send(new RotateSecretCommand({ SecretId: 's' }))).rejects.toMatchObject({
      message: 'No Lambda rotation function ARN is associated with this secret.',
    });
  });
});

describe('a resource policy', () => {
  it('is set, read and deleted; one for everybody is rejected where that is not wanted', async () => {
    await create('s');
    const statement = { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' };
    const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const set = (more: object = {}) =>
      client.send(new PutResourcePolicyCommand({ SecretId: 's', ResourcePolicy, ...more }));
    await expect(set({ BlockPublicPolicy: true })).rejects.toMatchObject({ name: 'PublicPolicyException' });
    await expect(set({ ResourcePolicy: '{' })).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    await set();
    const read = () => client.send(new GetResourcePolicyCommand({ SecretId: 's' }));
    expect((await read()).ResourcePolicy).toBe(ResourcePolicy);
    await client.send(new DeleteResourcePolicyCommand({ SecretId: 's' }));
    expect((await read()).ResourcePolicy).toBeUndefined();
  });
});
