import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createS3Service } from '../../local/services/s3/router';
import { createStepFunctionsService } from '../../local/services/stepfunctions/router';
import { KmsAccount, roleArn } from '../support/kms-account';

const account = new KmsAccount();
const Bucket = 'bucket-of-machines';
let s3: S3Client;
let machines = 0;

beforeAll(async () => {
  await account.start((host) => [createS3Service(host), createStepFunctionsService(host)]);
  s3 = new S3Client(account.running.client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const states = { Effect: 'Allow', Action: 'states:*', Resource: '*' };
  await account.addRole('machine', states, { Effect: 'Allow', Action: 's3:*', Resource: '*' });
  await account.addRole('powerless', states);
});
afterAll(async () => {
  s3.destroy();
  await account.stop();
});

const put = (Key: string, Body: string | Buffer) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const read = async (Key: string) =>
  JSON.parse(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString());

const run = async (definition: object, role = 'machine', input: unknown = {}): Promise<any> => {
  const { gateway } = account.running;
  const call = (action: string, more: object) => gateway.call(gateway.identify(''), 'states', action, more);
  const { stateMachineArn } = await call('CreateStateMachine', {
    name: `machine-${++machines}`,
    roleArn: roleArn(role),
    definition: JSON.stringify(definition),
  });
  const { executionArn } = await call('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
  for (;;) {
    await account.clock.turn(0);
    const described = await call('DescribeExecution', { executionArn });
    if (described.status !== 'RUNNING') return described;
  }
};

const INNER = { StartAt: 'Inner', States: { Inner: { Type: 'Pass', End: true } } };
const each = (more: object, inner: object = INNER) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...inner },
      End: true,
      ...more,
    },
  },
});
const readerOf = (Key: string, ReaderConfig: object) => ({
  ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig, Parameters: { Bucket, Key } },
});

describe('a distributed Map', () => {
  it.each([
    ['JSON', 'items.json', '[1,{"a":2}]', { InputType: 'JSON' }, [1, { a: 2 }]],
    ['JSON lines', 'items.jsonl', '{"a":1}\n{"a":2}\n', { InputType: 'JSONL' }, [{ a: 1 }, { a: 2 }]],
    ['CSV', 'items.csv', 'a,b\n1,2\n', { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, [{ a: '1', b: '2' }]],
  ])('reads its items from %s in S3', async (_kind, key, body, config, expected) => {
    await put(key, body);
    const described = await run(each(readerOf(key, config)));
    expect(JSON.parse(described.output)).toEqual(expected);
  });

  it('reads an object that lies in a file, from beginning to end', async () => {
    const line = `${JSON.stringify({ n: 0, filler: 'x'.repeat(100_000) })}\n`;
    await put('large.jsonl', line.repeat(60));
    const inner = { StartAt: 'In', States: { In: { Type: 'Pass', OutputPath: '$.n', End: true } } };
    const described = await run(each(readerOf('large.jsonl', { InputType: 'JSONL' }), inner));
    expect(JSON.parse(described.output)).toEqual(Array(60).fill(0));
  });

  it('reads the files that an inventory names', async () => {
    await put('inventory/part.csv.gz', gzipSync(`"${Bucket}","first"\n"${Bucket}","second"\n`));
    const manifest = {
      destinationBucket: `arn:aws:s3:::${Bucket}`,
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key',
      files: [{ key: 'inventory/part.csv.gz' }],
    };
    await put('inventory/manifest.json', JSON.stringify(manifest));
    const described = await run(each(readerOf('inventory/manifest.json', { InputType: 'MANIFEST' })));
    expect(JSON.parse(described.output)).toEqual([
      { Bucket, Key: 'first' },
      { Bucket, Key: 'second' },
    ]);
  });

  it('reads the list of a bucket’s objects, over its pages', async () => {
    const keys = Array.from({ length: 5 }, (_, n) => `listed/${n}`);
    for (const key of keys) await put(key, 'x');
    const Parameters = { Bucket, Prefix: 'listed/', MaxKeys: 2 };
    const ItemReader = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters };
    const items = JSON.parse((await run(each({ ItemReader }))).output);
    expect(items.map(({ Key }: { Key: string }) => Key)).toEqual(keys);
    expect(items[0]).toEqual({
      Etag: '"9dd4e461268c8034f5c8564e155c67a6"',
      Key: 'listed/0',
      LastModified: Math.floor(account.clock.now() / 1000),
      Size: 1,
      StorageClass: 'STANDARD',
    });
  });

  it('writes its results and a manifest', async () => {
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket, Prefix: 'out' } };
    const { output } = await run(each({ ResultWriter, ItemsPath: '$.items' }), 'machine', { items: [1, 2] });
    const { ResultWriterDetails } = JSON.parse(output);
    expect(ResultWriterDetails.Bucket).toBe(Bucket);
    const manifest = await read(ResultWriterDetails.Key);
    expect(manifest).toMatchObject({ DestinationBucket: Bucket, ResultFiles: { FAILED: [], PENDING: [] } });
    const results = await read(manifest.ResultFiles.SUCCEEDED[0].Key);
    expect(results.map(({ Output }: { Output: string }) => Output).sort()).toEqual(['1', '2']);
  });

  it('fails for an object that is missing, and without the right to read it', async () => {
    const missing = each(readerOf('missing', { InputType: 'JSON' }));
    expect(await run(missing)).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining('The specified key does not exist.'),
    });
    expect(await run(missing, 'powerless')).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining('is not authorized to perform: s3:GetObject'),
    });
  });
});

describe('a Task', () => {
  const task = (action: string, Parameters: object) => ({
    StartAt: 'Call',
    States: { Call: { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:s3:${action}`, Parameters, End: true } },
  });

  it('puts, reads, lists and deletes objects', async () => {
    const written = await run(
      task('putObject', { Bucket, Key: 'task.json', Body: { a: 1 }, ContentType: 'application/json' }),
    );
    expect(JSON.parse(written.output)).toMatchObject({ ETag: expect.stringMatching(/^"\w{32}"$/) });
    expect(await read('task.json')).toEqual({ a: 1 });
    const answer = JSON.parse((await run(task('getObject', { Bucket, Key: 'task.json' }))).output);
    expect(answer).toMatchObject({ Body: '{"a":1}', ContentType: 'application/json', ContentLength: 7 });
    const listed = JSON.parse((await run(task('listObjectsV2', { Bucket, Prefix: 'task' }))).output);
    expect(listed).toMatchObject({ KeyCount: 1, Contents: [{ Key: 'task.json', Size: 7 }] });
    await run(task('deleteObject', { Bucket, Key: 'task.json' }));
    const gone = JSON.parse((await run(task('listObjectsV2', { Bucket, Prefix: 'task' }))).output);
    expect(gone.KeyCount).toBe(0);
  });

  it('fails with the names that the SDK gives', async () => {
    expect((await run(task('getObject', { Bucket, Key: 'missing' }))).error).toBe('S3.NoSuchKeyException');
    const created = task('putObject', { Bucket, Key: 'listed/0', Body: 'x', IfNoneMatch: '*' });
    expect((await run(created)).error).toBe('S3.S3Exception');
  });

  it('fails with States.DataLimitExceeded for an object that no state can hold', async () => {
    expect((await run(task('getObject', { Bucket, Key: 'large.jsonl' }))).error).toBe('States.DataLimitExceeded');
  });
});
