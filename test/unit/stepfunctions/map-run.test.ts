import { AwsError } from '../../../local/wire/aws-error';
import { recordingService } from '../../support/recording-service';
import { StepFunctionsBench } from '../../support/step-functions';

const INNER = { StartAt: 'Inner', States: { Inner: { Type: 'Pass', End: true } } };
const distributed = (more: object, inner: object = INNER) => ({
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

/** Fails for items that say so. */
const PICKY = {
  StartAt: 'Look',
  States: {
    Look: { Type: 'Choice', Choices: [{ Variable: '$.bad', IsPresent: true, Next: 'Bad' }], Default: 'Good' },
    Bad: { Type: 'Fail', Error: 'BadItem' },
    Good: { Type: 'Succeed' },
  },
};

function bucket(objects: Record<string, string>) {
  const put: Record<string, any> = {};
  const service = recordingService('s3', {
    GetObject({ Key }: { Key: string }) {
      if (!(Key in objects)) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      return { Body: Buffer.from(objects[Key]!) };
    },
    ListObjectsV2: () => ({ Contents: [{ Key: 'a', ETag: '"1"', Size: 1, LastModified: 0 }] }),
    PutObject({ Key, Body }: { Key: string; Body: Buffer }) {
      put[Key] = JSON.parse(Body.toString());
      return {};
    },
  });
  return { service, put };
}

const reader = (config: object, resource = 'arn:aws:states:::s3:getObject') => ({
  ItemReader: { Resource: resource, ReaderConfig: config, Parameters: { Bucket: 'b', Key: 'items' } },
});

describe('distributed Map', () => {
  it('starts a child for each item, in order of the items, and gives their outputs', async () => {
    const bench = new StepFunctionsBench();
    const items = Array.from({ length: 250 }, (_, n) => n);
    const { output, executionArn } = await bench.run(await bench.create(distributed({})), items);
    expect(JSON.parse(output)).toEqual(items);
    const { mapRuns } = await bench.call('ListMapRuns', { executionArn });
    const { itemCounts, status } = await bench.call('DescribeMapRun', { mapRunArn: mapRuns[0].mapRunArn });
    expect({ status, itemCounts }).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: 250, succeeded: 250, running: 0 },
    });
    const { executions } = await bench.call('ListExecutions', { mapRunArn: mapRuns[0].mapRunArn, maxResults: 1000 });
    expect(executions).toHaveLength(250);
    expect(executions[0]).toMatchObject({ mapRunArn: mapRuns[0].mapRunArn, status: 'SUCCEEDED' });
  });

  it('runs no more children at once than MaxConcurrency', async () => {
    const bench = new StepFunctionsBench();
    const waiting = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 10, End: true } } };
    const executionArn = await bench.start(
      await bench.create(distributed({ MaxConcurrency: 3 }, waiting)),
      [1, 2, 3, 4, 5],
    );
    await bench.clock.turn(0);
    const { mapRuns } = await bench.call('ListMapRuns', { executionArn });
    const running = async () =>
      (await bench.call('DescribeMapRun', { mapRunArn: mapRuns[0].mapRunArn })).executionCounts.running;
    expect(await running()).toBe(3);
    await bench.clock.turn(10_000);
    expect(await running()).toBe(2);
    await bench.clock.turn(10_000);
    expect((await bench.describe(executionArn)).status).toBe('SUCCEEDED');
  });

  it('fails at the first failure when none is tolerated, and ends the children that run', async () => {
    const bench = new StepFunctionsBench();
    const described = await bench.run(await bench.create(distributed({}, PICKY)), [{}, { bad: 1 }, {}]);
    expect(described).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
  });

  it.each([
    ['a count', { ToleratedFailureCount: 1 }],
    ['a share', { ToleratedFailurePercentage: 40 }],
  ])('tolerates failures up to %s', async (_, tolerance) => {
    const bench = new StepFunctionsBench();
    const machine = await bench.create(distributed(tolerance, PICKY));
    expect((await bench.run(machine, [{ a: 1 }, { bad: 1 }, { a: 2 }])).output).toBe('[{"a":1},{"a":2}]');
    expect((await bench.run(machine, [{ bad: 1 }, { bad: 1 }, {}])).status).toBe('FAILED');
  });

  it('gives items in batches with what the batches have in common', async () => {
    const bench = new StepFunctionsBench();
    const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { run: 7 } };
    const { output } = await bench.run(await bench.create(distributed({ ItemBatcher })), [1, 2, 3]);
    expect(JSON.parse(output)).toEqual([
      { BatchInput: { run: 7 }, Items: [1, 2] },
      { BatchInput: { run: 7 }, Items: [3] },
    ]);
  });

  it.each<[string, object, string, unknown]>([
    ['JSON', { InputType: 'JSON' }, '[1,2]', [1, 2]],
    ['a pointer into JSON', { InputType: 'JSON', ItemsPointer: '/a/b' }, '{"a":{"b":[3]}}', [3]],
    ['JSON lines', { InputType: 'JSONL' }, '{"a":1}\n\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['CSV up to MaxItems', { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 1 }, 'h\n1\n2', [{ h: '1' }]],
  ])('reads %s from S3', async (_, config, text, expected) => {
    const { service } = bucket({ items: text });
    const bench = new StepFunctionsBench(service);
    const described = await bench.run(await bench.create(distributed(reader(config))));
    expect(JSON.parse(described.output)).toEqual(expected);
  });

  it('reads the list of objects of a bucket', async () => {
    const { service } = bucket({});
    const bench = new StepFunctionsBench(service);
    const machine = await bench.create(distributed(reader({}, 'arn:aws:states:::s3:listObjectsV2')));
    expect(JSON.parse((await bench.run(machine)).output)).toEqual([
      { Key: 'a', Etag: '"1"', LastModified: 0, Size: 1, StorageClass: 'STANDARD' },
    ]);
  });

  it('fails with States.ItemReaderFailed when the object is not there', async () => {
    const { service } = bucket({});
    const bench = new StepFunctionsBench(service);
    expect(await bench.run(await bench.create(distributed(reader({ InputType: 'JSON' }))))).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining('The specified key does not exist.'),
    });
  });

  it('writes results and a manifest to S3 and gives the place', async () => {
    const { service, put } = bucket({});
    const bench = new StepFunctionsBench(service);
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', Prefix: 'out' } };
    const machine = await bench.create(distributed({ ResultWriter, ToleratedFailureCount: 1 }, PICKY));
    const described = await bench.run(machine, [{ a: 1 }, { bad: 1 }]);
    const { ResultWriterDetails: details } = JSON.parse(described.output);
    const manifest = put[details.Key];
    expect(manifest.ResultFiles).toMatchObject({
      SUCCEEDED: [expect.any(Object)],
      FAILED: [expect.any(Object)],
      PENDING: [],
    });
    expect(put[manifest.ResultFiles.SUCCEEDED[0].Key]).toMatchObject([{ Input: '{"a":1}', Status: 'SUCCEEDED' }]);
    expect(put[manifest.ResultFiles.FAILED[0].Key]).toMatchObject([{ Error: 'BadItem', Status: 'FAILED' }]);
  });

  it('ends its children with the execution that waits for them', async () => {
    const bench = new StepFunctionsBench();
    const waiting = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } };
    const executionArn = await bench.start(await bench.create(distributed({}, waiting)), [1]);
    await bench.clock.turn(0);
    const { mapRuns } = await bench.call('ListMapRuns', { executionArn });
    await bench.call('StopExecution', { executionArn });
    const { mapRunArn } = mapRuns[0];
    expect((await bench.call('DescribeMapRun', { mapRunArn })).status).toBe('ABORTED');
    expect((await bench.call('ListExecutions', { mapRunArn })).executions[0].status).toBe('ABORTED');
  });
});
