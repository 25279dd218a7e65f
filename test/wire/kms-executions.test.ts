import { CreateKeyCommand, DisableKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { createStepFunctionsService } from '../../local/services/stepfunctions/router';
import { ACCOUNT, KmsAccount, keyPolicy, ROOT, roleArn } from '../support/kms-account';
import { type RecordedCall, recordingService } from '../support/recording-service';

const account = new KmsAccount();
const events = recordingService('events', { PutEvents: () => ({}) });
const logs = recordingService('logs', { CreateLogStream: () => ({}), PutLogEvents: () => ({}) });
const onStates = { Effect: 'Allow', Action: ['states:*', 'iam:PassRole'], Resource: '*' };
const allowKey = (...actions: string[]) => ({ Effect: 'Allow', Action: actions, Resource: '*' });
const byAccount = { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' };
const pass = { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };
const denied = { name: 'KmsAccessDeniedException' };
let keyId: string;
let sequence = 0;

beforeAll(async () => {
  await account.start((host) => [createStepFunctionsService(host), events, logs]);
  await account.addRole('machine', allowKey('kms:GenerateDataKey', 'kms:Decrypt'));
  await account.addRole('half-machine', allowKey('kms:GenerateDataKey'));
  await account.addRole('reader', onStates, allowKey('kms:Decrypt'));
  await account.addRole('maker', onStates, allowKey('kms:DescribeKey', 'kms:GenerateDataKey'));
  await account.addRole('stranger', onStates);
});
afterAll(() => account.stop());
beforeEach(async () => {
  events.calls.length = 0;
  logs.calls.length = 0;
  keyId = (await account.kms.send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
});

const as = async <Answer>(role: string | undefined, work: (client: SFNClient) => Promise<Answer>) => {
  const settings = role === undefined ? account.running.client : account.as(role);
  const client = new SFNClient({ ...settings, disableHostPrefix: true });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
};
const customerManaged = () => ({ type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: keyId }) as const;
const create = (role: string | undefined, definition: object, more: Partial<CreateStateMachineCommandInput> = {}) => {
  const command = new CreateStateMachineCommand({
    name: `machine-${++sequence}`,
    definition: JSON.stringify(definition),
    roleArn: roleArn('machine'),
    encryptionConfiguration: customerManaged(),
    ...more,
  });
  return as(role, async (client) => (await client.send(command)).stateMachineArn!);
};
const start = (stateMachineArn: string, input = '{"card":"4711"}') =>
  as(undefined, async (client) => {
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
    await account.clock.turn(0);
    return executionArn!;
  });

describe('creating a machine with a customer managed key', () => {
  it('needs kms:DescribeKey and kms:GenerateDataKey of the caller', async () => {
    const arn = await create('maker', pass);
    await expect(create('stranger', pass)).rejects.toMatchObject(denied);
    await expect(create('reader', pass)).rejects.toMatchObject(denied);
    const encryptionConfiguration = { ...customerManaged(), kmsDataKeyReusePeriodSeconds: 300 };
    const describe = new DescribeStateMachineCommand({ stateMachineArn: arn });
    expect(await as('reader', (client) => client.send(describe))).toMatchObject({ encryptionConfiguration });
  });

  it('calls KMS through Step Functions, in the context of its ARN', async () => {
    const put = (context: string) => {
      const Condition = {
        StringEquals: { 'kms:ViaService': 'states.us-east-1.amazonaws.com' },
        StringLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': context },
      };
      const Principal = { AWS: roleArn('stranger') };
      const Policy = keyPolicy(
        { Effect: 'Allow', Principal, Action: 'kms:GenerateDataKey', Resource: '*', Condition },
        { Effect: 'Allow', Principal, Action: 'kms:DescribeKey', Resource: '*' },
      );
      return account.kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy }));
    };
    await put(`arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:machine-*`);
    await expect(create('stranger', pass)).resolves.toContain('stateMachine:machine-');
    await put(`arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:other`);
    await expect(create('stranger', pass)).rejects.toMatchObject(denied);
  });

  const wrong: [string, object][] = [
    ['no key', { type: 'CUSTOMER_MANAGED_KMS_KEY' }],
    ['a key that is not there', { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'alias/none' }],
    ['a key beside the one of AWS', { type: 'AWS_OWNED_KEY', kmsKeyId: 'alias/none' }],
    ['a period of 59 seconds', { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'x', kmsDataKeyReusePeriodSeconds: 59 }],
    ['another type', { type: 'MINE' }],
  ];
  it.each(wrong)('is rejected with %s', async (_, encryptionConfiguration: any) => {
    const refused = expect(create(undefined, pass, { encryptionConfiguration })).rejects;
    await refused.toMatchObject({ name: 'InvalidEncryptionConfiguration' });
  });

  it('is rejected with a key that is disabled, or makes codes', async () => {
    await account.kms.send(new DisableKeyCommand({ KeyId: keyId }));
    await expect(create(undefined, pass)).rejects.toMatchObject({ name: 'InvalidEncryptionConfiguration' });
    const mac = await account.kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }));
    const encryptionConfiguration = { ...customerManaged(), kmsKeyId: mac.KeyMetadata!.KeyId };
    const refused = expect(create(undefined, pass, { encryptionConfiguration })).rejects;
    await refused.toMatchObject({ name: 'InvalidEncryptionConfiguration' });
  });

  it('and changing it needs the same', async () => {
    const stateMachineArn = await create('maker', pass, { encryptionConfiguration: undefined });
    const update = new UpdateStateMachineCommand({ stateMachineArn, encryptionConfiguration: customerManaged() });
    await expect(as('stranger', (client) => client.send(update))).rejects.toMatchObject(denied);
    await as('maker', (client) => client.send(update));
    const describe = new DescribeStateMachineCommand({ stateMachineArn });
    await expect(as('stranger', (client) => client.send(describe))).rejects.toMatchObject(denied);
  });
});

describe('reading what is encrypted', () => {
  let machineArn: string;
  let executionArn: string;
  beforeEach(async () => {
    machineArn = await create(undefined, pass);
    executionArn = await start(machineArn);
  });

  const reads: [string, (client: SFNClient) => Promise<object>][] = [
    ['DescribeStateMachine', (client) => client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn }))],
    ['DescribeExecution', (client) => client.send(new DescribeExecutionCommand({ executionArn }))],
    ['GetExecutionHistory', (client) => client.send(new GetExecutionHistoryCommand({ executionArn }))],
    [
      'DescribeStateMachineForExecution',
      (client) => client.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
    ],
  ];
  it.each(reads)('by %s needs kms:Decrypt of the caller', async (_, read) => {
    await expect(as('reader', read)).resolves.toBeDefined();
    await expect(as('stranger', read)).rejects.toMatchObject({
      ...denied,
      message: expect.stringMatching(/assumed-role\/stranger.* kms:Decrypt .*no identity-based policy allows/),
    });
    await account.kms.send(new DisableKeyCommand({ KeyId: keyId }));
    await expect(as('reader', read)).rejects.toMatchObject({
      name: 'KmsInvalidStateException',
      kmsKeyState: 'DISABLED',
    });
  });

  it('is not needed for metadata, nor for lists', async () => {
    const includedData = 'METADATA_ONLY';
    const execution = await as('stranger', (client) =>
      client.send(new DescribeExecutionCommand({ executionArn, includedData })),
    );
    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(execution.input ?? execution.output).toBeUndefined();
    const machine = await as('stranger', (client) =>
      client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn, includedData })),
    );
    expect(machine.definition).toBeUndefined();
    const list = new ListExecutionsCommand({ stateMachineArn: machineArn });
    expect((await as('stranger', (client) => client.send(list))).executions).toHaveLength(1);
  });
});

describe('an execution of an encrypted machine', () => {
  it('needs kms:GenerateDataKey and kms:Decrypt of its role', async () => {
    const arn = await create(undefined, pass, { roleArn: roleArn('half-machine') });
    await expect(start(arn)).rejects.toMatchObject({
      ...denied,
      message: expect.stringContaining('assumed-role/half-machine/'),
    });
  });

  it('starts for a caller without any permission on the key', async () => {
    const stateMachineArn = await create(undefined, pass);
    const command = new StartExecutionCommand({ stateMachineArn });
    await expect(as('stranger', (client) => client.send(command))).resolves.toHaveProperty('executionArn');
  });

  it('does not start once the key is disabled, and fails at its next task', async () => {
    const Parameters = { Entries: [{ Source: 'x', DetailType: 'x', Detail: '{}' }] };
    const task = { Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Parameters, End: true };
    const States = {
      Wait: { Type: 'Wait', Seconds: 60, Next: 'Put' },
      Put: { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
      Caught: { Type: 'Pass', End: true },
    };
    const arn = await create(undefined, { StartAt: 'Wait', States });
    const executionArn = await start(arn);
    await account.kms.send(new DisableKeyCommand({ KeyId: keyId }));
    await expect(start(arn)).rejects.toMatchObject({ name: 'KmsInvalidStateException' });
    await account.clock.turn(61_000);
    const includedData = 'METADATA_ONLY';
    const described = await as(undefined, (client) =>
      client.send(new DescribeExecutionCommand({ executionArn, includedData })),
    );
    expect(described.status).toBe('FAILED');
  });

  it('that is stopped with a cause needs its role, and nothing without one', async () => {
    const States = { Wait: { Type: 'Wait', Seconds: 60, End: true } };
    const arn = await create(undefined, { StartAt: 'Wait', States });
    const executionArn = await start(arn);
    await account.kms.send(new DisableKeyCommand({ KeyId: keyId }));
    const stop = (cause?: string) =>
      as(undefined, (client) => client.send(new StopExecutionCommand({ executionArn, cause })));
    await expect(stop('because')).rejects.toMatchObject({ name: 'KmsInvalidStateException' });
    await expect(stop()).resolves.toHaveProperty('stopDate');
  });

  it('that is called for its answer needs kms:Decrypt of the caller, unless for metadata alone', async () => {
    const stateMachineArn = await create(undefined, pass, { type: 'EXPRESS' });
    const run = (role: string, more: object = {}) =>
      as(role, (client) => client.send(new StartSyncExecutionCommand({ stateMachineArn, input: '{"a":1}', ...more })));
    expect((await run('reader')).output).toBe('{"a":1}');
    await expect(run('stranger')).rejects.toMatchObject(denied);
    const bare = await run('stranger', { includedData: 'METADATA_ONLY' });
    expect(bare).toMatchObject({ status: 'SUCCEEDED' });
    expect(bare.input ?? bare.output).toBeUndefined();
    const other = await create(undefined, pass, { type: 'EXPRESS', roleArn: roleArn('half-machine') });
    const refused = new StartSyncExecutionCommand({ stateMachineArn: other });
    await expect(as('reader', (client) => client.send(refused))).rejects.toMatchObject(denied);
  });

  it('encrypts the children of a distributed Map with its key', async () => {
    await account.addRole('mapper', onStates, allowKey('kms:GenerateDataKey', 'kms:Decrypt'));
    const ItemProcessor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...pass };
    const States = { Each: { Type: 'Map', Label: 'Each', ItemsPath: '$', ItemProcessor, End: true } };
    const arn = await create(undefined, { StartAt: 'Each', States }, { roleArn: roleArn('mapper') });
    const parentArn = await start(arn, '[4711]');
    await account.clock.turn(1000);
    const { events: history } = await as('reader', (client) =>
      client.send(new GetExecutionHistoryCommand({ executionArn: parentArn })),
    );
    const { mapRunArn } = history!.find(({ type }) => type === 'MapRunStarted')!.mapRunStartedEventDetails!;
    const { executions } = await as('stranger', (client) => client.send(new ListExecutionsCommand({ mapRunArn })));
    const { executionArn } = executions![0]!;
    const read = (role: string) => as(role, (client) => client.send(new DescribeExecutionCommand({ executionArn })));
    expect(await read('reader')).toMatchObject({ status: 'SUCCEEDED', input: '4711' });
    await expect(read('stranger')).rejects.toMatchObject(denied);
    // The definition of a child is part of the whole one: metadata need the key as well.
    const includedData = 'METADATA_ONLY';
    const describe = new DescribeStateMachineForExecutionCommand({ executionArn, includedData });
    await expect(as('stranger', (client) => client.send(describe))).rejects.toMatchObject(denied);
  });

  it('tells EventBridge neither input, output, error nor cause', async () => {
    const States = { Fail: { Type: 'Fail', Error: 'Secret', Cause: '4711' } };
    await start(await create(undefined, { StartAt: 'Fail', States }));
    await start(await create(undefined, pass));
    const details = events.calls.map(({ input }: RecordedCall) => JSON.parse(input.Entries[0].Detail));
    expect(details.map(({ status }) => status)).toEqual(['RUNNING', 'FAILED', 'RUNNING', 'SUCCEEDED']);
    for (const detail of details) {
      const nothing = { input: null, output: null, error: null, cause: null, inputDetails: { included: false } };
      expect(detail).toMatchObject(nothing);
    }
    expect(JSON.stringify(details)).not.toContain('4711');
  });
});

describe('the log of an encrypted machine', () => {
  const delivery = {
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: 'kms:Decrypt',
    Resource: '*',
  };
  const groupArn = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/vendedlogs/states/x:*`;
  const loggingConfiguration: CreateStateMachineCommandInput['loggingConfiguration'] = {
    level: 'ALL',
    destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: groupArn } }],
  };

  it.each([true, false])('needs the log delivery in the key policy (named: %s)', async (isNamed) => {
    const Policy = keyPolicy(byAccount, ...(isNamed ? [delivery] : []));
    await account.kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy }));
    await start(await create(undefined, pass, { loggingConfiguration }));
    await account.clock.turn(0);
    const put = logs.calls.filter(({ action }) => action === 'PutLogEvents');
    expect(put.length > 0).toBe(isNamed);
  });
});

describe('an activity with a customer managed key', () => {
  const createActivity = (role: string, name: string, more: object = {}) =>
    as(role, async (client) => {
      const command = new CreateActivityCommand({ name, encryptionConfiguration: customerManaged(), ...more });
      return (await client.send(command)).activityArn!;
    });
  const machineOf = (activityArn: string, more: object = {}) =>
    create(
      undefined,
      { StartAt: 'Work', States: { Work: { Type: 'Task', Resource: activityArn, End: true } } },
      { encryptionConfiguration: undefined, ...more },
    );
  const poll = (role: string, activityArn: string) =>
    as(role, (client) => client.send(new GetActivityTaskCommand({ activityArn })));

  it('needs kms:DescribeKey of who creates it, and cannot change it', async () => {
    await expect(createActivity('stranger', 'refused')).rejects.toMatchObject(denied);
    await createActivity('maker', 'kept');
    const changed = createActivity('maker', 'kept', { encryptionConfiguration: undefined });
    await expect(changed).rejects.toMatchObject({ name: 'ActivityAlreadyExists' });
  });

  it('gives tasks to workers that may decrypt, and keeps them for those', async () => {
    const activityArn = await createActivity('maker', 'work');
    await start(await machineOf(activityArn));
    await expect(poll('stranger', activityArn)).rejects.toMatchObject(denied);
    expect(await poll('reader', activityArn)).toMatchObject({ input: '{"card":"4711"}' });
  });

  it('fails an execution whose role may not encrypt its tasks', async () => {
    const activityArn = await createActivity('maker', 'unreached');
    const executionArn = await start(await machineOf(activityArn, { roleArn: roleArn('half-machine') }));
    const described = await as(undefined, (client) => client.send(new DescribeExecutionCommand({ executionArn })));
    expect(described).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

describe('in a template', () => {
  it('a machine and an activity have the key, and the machine gives it up again', async () => {
    const trust = { Service: 'states.amazonaws.com' };
    const EncryptionConfiguration = {
      Type: 'CUSTOMER_MANAGED_KMS_KEY',
      KmsKeyId: { Ref: 'Key' },
      KmsDataKeyReusePeriodSeconds: '100',
    };
    const template = (encryption: object) => ({
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trust }],
            },
          },
        },
        Activity: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'templated', EncryptionConfiguration } },
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: {
            StateMachineName: 'templated',
            RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            DefinitionString: JSON.stringify(pass),
            ...encryption,
          },
        },
      },
      Outputs: { Arn: { Value: { Ref: 'Machine' } } },
    });
    const described = (stateMachineArn: string) =>
      as('stranger', (client) => client.send(new DescribeStateMachineCommand({ stateMachineArn })));
    const { Arn } = await account.deploy('encrypted', template({ EncryptionConfiguration }));
    await expect(described(Arn!)).rejects.toMatchObject(denied);
    await account.update('encrypted', template({}));
    expect((await described(Arn!)).encryptionConfiguration).toEqual({ type: 'AWS_OWNED_KEY' });
  });
});
