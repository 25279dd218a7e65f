import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionConcurrencyCommand,
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  type LambdaClient,
  ListAliasesCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { type LambdaOverWire, startLambdaOverWire } from '../unit/lambda/lambda-over-wire';

let wire: LambdaOverWire;
let lambda: LambdaClient;

beforeAll(async () => {
  wire = await startLambdaOverWire();
  lambda = wire.lambda;
});

afterAll(() => wire.close());

/** A function with versions 1 and 2, which answer their own number. */
async function twoVersions(): Promise<string> {
  const FunctionName = await wire.define('exports.handler = async (_, context) => context.functionVersion;');
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 4 }));
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  return FunctionName;
}

describe('an alias', () => {
  it('is made, described, listed, moved and deleted', async () => {
    const FunctionName = await twoVersions();
    const created = await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
    expect(created).toMatchObject({
      AliasArn: `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}:live`,
      Name: 'live',
      FunctionVersion: '1',
      Description: '',
    });
    expect(created.RoutingConfig).toBeUndefined();
    expect((await wire.invoke(`${FunctionName}:live`)).result).toBe('1');
    const moved = await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '2' }));
    expect(moved.RevisionId).not.toBe(created.RevisionId);
    expect((await wire.invoke(`${FunctionName}:live`)).result).toBe('2');
    const { Aliases } = await lambda.send(new ListAliasesCommand({ FunctionName, FunctionVersion: '2' }));
    expect(Aliases?.map(({ Name }) => Name)).toEqual(['live']);
    expect((await lambda.send(new ListAliasesCommand({ FunctionName, FunctionVersion: '1' }))).Aliases).toEqual([]);
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }));
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }));
    await expect(wire.invoke(`${FunctionName}:live`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('shares its calls between two versions by weight', async () => {
    const FunctionName = await twoVersions();
    const all = { AdditionalVersionWeights: { 2: 1 } };
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1', RoutingConfig: all }));
    expect((await wire.invoke(`${FunctionName}:live`)).ExecutedVersion).toBe('2');
    const kept = await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', Description: 'canary' }));
    expect(kept.RoutingConfig).toEqual(all);
    const none = { AdditionalVersionWeights: {} };
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', RoutingConfig: none }));
    expect((await wire.invoke(`${FunctionName}:live`)).ExecutedVersion).toBe('1');
  });

  it('may have the name of a member that every object has', async () => {
    const FunctionName = await twoVersions();
    const named = { FunctionName, Name: '__proto__', FunctionVersion: '1' };
    await expect(lambda.send(new GetAliasCommand(named))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await lambda.send(new CreateAliasCommand(named));
    expect(await lambda.send(new GetAliasCommand(named))).toMatchObject({ Name: '__proto__', FunctionVersion: '1' });
    await expect(wire.invoke(`${FunctionName}:constructor`)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('rejects a name that is taken, and a revision that is old', async () => {
    const FunctionName = await twoVersions();
    const live = { FunctionName, Name: 'live', FunctionVersion: '1' };
    const { RevisionId } = await lambda.send(new CreateAliasCommand(live));
    await expect(lambda.send(new CreateAliasCommand(live))).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: `Alias already exists: arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}:live`,
    });
    await lambda.send(new UpdateAliasCommand({ ...live, FunctionVersion: '2', RevisionId }));
    await expect(lambda.send(new UpdateAliasCommand({ ...live, RevisionId }))).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    });
  });

  it.each([
    [{ FunctionVersion: '9' }, 'ResourceNotFoundException'],
    [{ FunctionVersion: 'live' }, 'ValidationException'],
    [{ Name: '42' }, 'ValidationException'],
    [{ RoutingConfig: { AdditionalVersionWeights: { 2: 1.5 } } }, 'ValidationException'],
    [{ RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } } }, 'InvalidParameterValueException'],
    [{ RoutingConfig: { AdditionalVersionWeights: { 9: 0.5 } } }, 'ResourceNotFoundException'],
    [{ RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.5 } } }, 'InvalidParameterValueException'],
    [{ RoutingConfig: { AdditionalVersionWeights: { 2: 0.1, 3: 0.1 } } }, 'InvalidParameterValueException'],
  ])('rejects %j', async (change, name) => {
    const FunctionName = await twoVersions();
    const input = { FunctionName, Name: 'live', FunctionVersion: '1', ...change };
    await expect(lambda.send(new CreateAliasCommand(input as never))).rejects.toMatchObject({ name });
  });
});

describe('reserved concurrency', () => {
  it('is set, told and taken back', async () => {
    const FunctionName = await twoVersions();
    const reserved = async () =>
      (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions;
    expect(await reserved()).toBeUndefined();
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    expect(await reserved()).toBe(0);
    await expect(wire.invoke(FunctionName)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    expect(await reserved()).toBeUndefined();
    expect((await wire.invoke(FunctionName)).result).toBe('$LATEST');
  });

  it('rejects to leave the other functions less than 100', async () => {
    const FunctionName = await twoVersions();
    const put = (ReservedConcurrentExecutions: number) =>
      lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
    await expect(put(901)).rejects.toThrow(/below its minimum value of \[100\]/);
    await put(900);
    await put(0);
  });
});

describe('tags of a function', () => {
  it('are added, listed and removed', async () => {
    const Resource = `arn:aws:lambda:us-east-1:000000000000:function:${await twoVersions()}`;
    await lambda.send(new TagResourceCommand({ Resource, Tags: { a: '1', b: '2', c: '3' } }));
    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a', 'c'] }));
    expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ b: '2' });
  });
});

describe('what happens to asynchronous invocations', () => {
  it('is changed member by member, and listed', async () => {
    const FunctionName = await twoVersions();
    const change = { FunctionName, MaximumRetryAttempts: 0 };
    await expect(lambda.send(new UpdateFunctionEventInvokeConfigCommand(change))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumEventAgeInSeconds: 90 }));
    await lambda.send(new UpdateFunctionEventInvokeConfigCommand(change));
    const listed = await lambda.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName }));
    expect(listed.FunctionEventInvokeConfigs).toEqual([
      expect.objectContaining({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 90 }),
    ]);
  });
});
