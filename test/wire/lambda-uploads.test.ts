import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  type LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { createS3Service } from '../../local/services/s3/router';
import { administrator } from '../../local/wire/gateway';
import { zipFile } from '../support/zip-file';
import { type LambdaOverWire, startLambdaOverWire } from '../unit/lambda/lambda-over-wire';

const Role = 'arn:aws:iam::000000000000:role/test';
const answering = (text: string) => zipFile({ 'index.js': `exports.handler = async () => '${text}';` });

let wire: LambdaOverWire;
let lambda: LambdaClient;
let functions = 0;

beforeAll(async () => {
  wire = await startLambdaOverWire((host) => [createS3Service(host)]);
  lambda = wire.lambda;
  const { gateway } = wire.running;
  const user = administrator(gateway.accountId);
  await gateway.call(user, 's3', 'CreateBucket', { Bucket: 'code' });
});

afterAll(() => wire.close());

async function upload(ZipFile: Uint8Array, more: object = {}) {
  const FunctionName = `uploaded-${++functions}`;
  const input = { FunctionName, Role, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile }, ...more };
  return lambda.send(new CreateFunctionCommand(input as never));
}

async function putObject(Key: string, Body: Buffer) {
  const { url } = wire.running;
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
  const answer = await fetch(`${url}/code/${Key}`, {
    method: 'PUT',
    body: new Uint8Array(Body),
    headers: { authorization },
  });
  expect(answer.status).toBe(200);
}

describe('CreateFunction', () => {
  it('runs a ZIP file with all that is in it', async () => {
    const created = await upload(
      zipFile({
        'src/app.js': "exports.run = async () => require('../lib/text.js') + require('./data.json').n;",
        'src/data.json': '{"n":3}',
        'lib/text.js': "module.exports = 'n=';",
      }),
      { Handler: 'src/app.run', Timeout: 20, Tags: { team: 'orders' } },
    );
    expect(created).toMatchObject({ State: 'Pending', StateReasonCode: 'Creating', Version: '$LATEST', Timeout: 20 });
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: created.FunctionName });
    expect((await wire.invoke(created.FunctionName!)).result).toBe('n=3');
    const { Tags, Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: created.FunctionName }));
    expect({ Tags, state: Configuration?.State }).toEqual({ Tags: { team: 'orders' }, state: 'Active' });
  });

  it('says how large its ZIP file is, and its hash', async () => {
    const archive = answering('a');
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(archive))).toString('base64');
    expect(await upload(archive)).toMatchObject({ CodeSize: archive.length, CodeSha256: hash });
  });

  it('publishes at once when it is asked to', async () => {
    const { Version, FunctionName } = await upload(answering('a'), { Publish: true });
    expect(Version).toBe('1');
    expect((await wire.invoke(`${FunctionName}:1`)).result).toBe('a');
  });

  it('takes code from S3', async () => {
    await putObject('v1.zip', answering('from S3'));
    const { FunctionName } = await upload(answering(''), { Code: { S3Bucket: 'code', S3Key: 'v1.zip' } });
    expect((await wire.invoke(FunctionName!)).result).toBe('from S3');
  });

  it('rejects code that is not there', async () => {
    await expect(upload(answering(''), { Code: { S3Bucket: 'code', S3Key: 'no.zip' } })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    });
    await expect(upload(answering(''), { Code: {} })).rejects.toThrow('Please provide a source for function code.');
  });

  it('rejects what is no ZIP file', async () => {
    await expect(upload(Buffer.from('exports.handler = 1'))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'Could not unzip uploaded file. Please check your file, then try to upload again.',
    });
  });

  it('rejects a name that is taken', async () => {
    const { FunctionName } = await upload(answering('a'));
    await expect(upload(answering('a'), { FunctionName })).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: `Function already exist: ${FunctionName}`,
    });
  });

  it('rejects container images', async () => {
    const image = { PackageType: 'Image', Code: { ImageUri: 'x' } };
    await expect(upload(answering('a'), image)).rejects.toThrow('no container images');
  });
});

describe('UpdateFunctionCode', () => {
  it('replaces the code; published versions keep theirs', async () => {
    const { FunctionName } = await upload(answering('old'), { Publish: true });
    expect((await wire.invoke(FunctionName!)).result).toBe('old');
    const updated = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: answering('new') }));
    expect(updated).toMatchObject({ LastUpdateStatus: 'InProgress', Version: '$LATEST' });
    expect((await wire.invoke(FunctionName!)).result).toBe('new');
    expect((await wire.invoke(`${FunctionName}:1`)).result).toBe('old');
  });

  it('changes nothing in a dry run', async () => {
    const { FunctionName, CodeSha256, RevisionId } = await upload(answering('old'));
    const input = { FunctionName, ZipFile: answering('new'), DryRun: true };
    const answer = await lambda.send(new UpdateFunctionCodeCommand(input));
    expect(answer.CodeSha256).not.toBe(CodeSha256);
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(Configuration).toMatchObject({ CodeSha256, RevisionId });
  });

  it('rejects an old revision', async () => {
    const { FunctionName, RevisionId } = await upload(answering('a'));
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9, RevisionId }));
    const input = { FunctionName, ZipFile: answering('b'), RevisionId };
    await expect(lambda.send(new UpdateFunctionCodeCommand(input))).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      $metadata: { httpStatusCode: 412 },
    });
  });
});

describe('PublishVersion', () => {
  it('publishes the code that the caller means, or nothing', async () => {
    const { FunctionName, CodeSha256, RevisionId } = await upload(answering('a'));
    const publish = (more: object) => lambda.send(new PublishVersionCommand({ FunctionName, ...more }));
    const other = 'A'.repeat(43);
    await expect(publish({ CodeSha256: `${other}=` })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `CodeSHA256 (${other}=) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    });
    await expect(publish({ RevisionId: 'old' })).rejects.toMatchObject({ name: 'PreconditionFailedException' });
    expect(await publish({ CodeSha256, RevisionId, Description: 'first' })).toMatchObject({
      Version: '1',
      Description: 'first',
    });
  });
});

describe('DeleteFunction', () => {
  it('deletes the function with its versions', async () => {
    const { FunctionName } = await upload(answering('a'), { Publish: true });
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    await expect(wire.invoke(`${FunctionName}:1`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('GetAccountSettings', () => {
  it('tells the limits and what is used of them', async () => {
    const { AccountLimit, AccountUsage } = await lambda.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, CodeSizeZipped: 52_428_800 });
    expect(AccountUsage!.FunctionCount).toBeGreaterThan(3);
  });
});
