import { type SimulatedLambda, startSimulatedLambda } from './simulated-lambda';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:orders';
let aws: SimulatedLambda;
let QueueUrl: string;

beforeEach(async () => {
  aws = await startSimulatedLambda();
  const queue = { QueueName: 'orders', Attributes: { VisibilityTimeout: '30' } };
  ({ QueueUrl } = await aws.call('sqs', 'CreateQueue', queue));
});

afterEach(() => aws.close());

async function map(settings: object = {}) {
  const input = { FunctionName: 'consumer', EventSourceArn: QUEUE_ARN, ...settings };
  return aws.call('lambda', 'CreateEventSourceMapping', input);
}

async function send(...bodies: string[]) {
  for (let i = 0; i < bodies.length; i += 10) {
    const Entries = bodies.slice(i, i + 10).map((MessageBody, j) => ({ Id: String(j), MessageBody }));
    await aws.call('sqs', 'SendMessageBatch', { QueueUrl, Entries });
  }
}

async function counts() {
  const input = { QueueUrl, AttributeNames: ['All'] };
  const { Attributes } = await aws.call('sqs', 'GetQueueAttributes', input);
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
  };
}

const bodies = (event: any) => event.Records.map(({ body }: { body: string }) => body);

describe('an event source mapping from a queue', () => {
  it('hands messages to the function in the shape of Lambda and deletes them', async () => {
    await aws.recorder('consumer');
    await map();
    await aws.call('sqs', 'SendMessage', {
      QueueUrl,
      MessageBody: '{"a":1}',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } },
    });
    await aws.turn(100);
    expect(await aws.recorded('consumer')).toEqual([
      {
        Records: [
          {
            messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            receiptHandle: expect.any(String),
            body: '{"a":1}',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: expect.stringMatching(/^\d{13}$/),
              SenderId: expect.any(String),
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            },
            messageAttributes: {
              kind: { stringValue: 'test', stringListValues: [], binaryListValues: [], dataType: 'String' },
            },
            md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
            md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
            eventSource: 'aws:sqs',
            eventSourceARN: QUEUE_ARN,
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
    expect(await counts()).toEqual({ visible: 0, inFlight: 0 });
  });

  it('takes as many messages at once as the batch size allows', async () => {
    await aws.recorder('consumer');
    await send('1', '2', '3', '4', '5');
    await map({ BatchSize: 2 });
    await aws.turn(1000);
    const batches = (await aws.recorded('consumer')).map(bodies);
    expect(batches.every((batch) => batch.length <= 2)).toBe(true);
    expect(batches.flat().sort()).toEqual(['1', '2', '3', '4', '5']);
  });

  it('gathers a large batch during its window', async () => {
    await aws.recorder('consumer');
    await map({ BatchSize: 100, MaximumBatchingWindowInSeconds: 5 });
    await send(...Array.from({ length: 12 }, (_, i) => `early ${i}`));
    await aws.turn(2000);
    await send('late');
    await aws.turn(2000);
    expect(await aws.recorded('consumer')).toEqual([]);
    await aws.turn(2000);
    const batches = (await aws.recorded('consumer')).map(bodies);
    expect(batches.map((batch) => batch.length)).toEqual([13]);
  });

  it('leaves the whole batch to the visibility timeout when the function fails, then tries again', async () => {
    await aws.recorder('consumer', "n === 1 ? (() => { throw new Error('first time'); })() : null");
    await map();
    await send('once more');
    await aws.turn(29_000);
    expect((await aws.recorded('consumer')).length).toBe(1);
    expect(await counts()).toEqual({ visible: 0, inFlight: 1 });
    await aws.turn(2000);
    const events = await aws.recorded('consumer');
    expect(events.map(({ Records }) => Records[0].attributes.ApproximateReceiveCount)).toEqual(['1', '2']);
    expect(await counts()).toEqual({ visible: 0, inFlight: 0 });
  });

  it('deletes what is not reported as failed', async () => {
    const answer = `({ batchItemFailures: event.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) })`;
    await aws.recorder('consumer', answer);
    await send('good', 'bad', 'fine');
    await map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await aws.turn(1000);
    expect(await counts()).toEqual({ visible: 0, inFlight: 1 });
  });

  it.each([
    ['an identifier that is not of the batch', "({ batchItemFailures: [{ itemIdentifier: 'x' }] })"],
    ['an empty identifier', "({ batchItemFailures: [{ itemIdentifier: '' }] })"],
    ['a wrong key', '({ batchItemFailures: [{ id: event.Records[0].messageId }] })'],
    ['a list that is none', "({ batchItemFailures: 'all' })"],
  ])('takes the whole batch as failed when the answer holds %s', async (_, answer) => {
    await aws.recorder('consumer', answer);
    await send('a', 'b');
    await map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await aws.turn(1000);
    expect(await counts()).toEqual({ visible: 0, inFlight: 2 });
  });

  it('drops messages that pass no filter, and hands on the others', async () => {
    await aws.recorder('consumer');
    await send('{"status":"OPEN"}', '{"status":"DONE"}', 'no json');
    await map({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"status":["DONE"]}}' }] } });
    await aws.turn(1000);
    expect((await aws.recorded('consumer')).map(bodies)).toEqual([['{"status":"DONE"}']]);
    expect(await counts()).toEqual({ visible: 0, inFlight: 0 });
  });

  it('leaves messages of a throttled function in the queue and slows down', async () => {
    await aws.recorder('consumer', 'undefined', { ReservedConcurrentExecutions: 0 });
    await send('a');
    await map();
    await aws.turn(500);
    expect(await counts()).toEqual({ visible: 0, inFlight: 1 });
    await aws.call('lambda', 'DeleteFunctionConcurrency', { FunctionName: 'consumer' });
    await aws.turn(31_000);
    expect((await aws.recorded('consumer')).map(bodies)).toEqual([['a']]);
    const ofFunction = aws.metrics.filter(({ name, dimensions }) => name === 'Throttles' && dimensions.FunctionName);
    expect(ofFunction).toHaveLength(1);
  });

  it('takes nothing while it is disabled, and goes on when it is enabled', async () => {
    await aws.recorder('consumer');
    const { UUID } = await map({ Enabled: false });
    await send('a');
    await aws.turn(5000);
    expect(await counts()).toEqual({ visible: 1, inFlight: 0 });
    await aws.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true });
    await aws.turn(1000);
    expect((await aws.recorded('consumer')).map(bodies)).toEqual([['a']]);
    await aws.call('lambda', 'DeleteEventSourceMapping', { UUID });
    await send('b');
    await aws.turn(25_000);
    expect(await counts()).toEqual({ visible: 1, inFlight: 0 });
  });

  it('warns once of a queue that is not there and finds it later', async () => {
    await aws.recorder('consumer');
    await aws.call('lambda', 'CreateEventSourceMapping', {
      FunctionName: 'consumer',
      EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:later',
    });
    await aws.turn(10_000);
    expect(aws.running.warnings).toEqual([
      expect.stringMatching(/^lambda: event source arn:aws:sqs:\S+:later of function consumer cannot be polled: /),
    ]);
    const { QueueUrl: later } = await aws.call('sqs', 'CreateQueue', { QueueName: 'later' });
    await aws.call('sqs', 'SendMessage', { QueueUrl: later, MessageBody: 'x' });
    await aws.turn(60_000);
    expect((await aws.recorded('consumer')).map(bodies)).toEqual([['x']]);
  });
});

describe('an event source mapping with wrong settings', () => {
  beforeEach(() => aws.recorder('consumer'));

  it.each([
    [
      'a batch of more than ten without a window',
      { BatchSize: 11 },
      /Maximum batch window in seconds must be greater than 0/,
    ],
    ['a concurrency of one', { ScalingConfig: { MaximumConcurrency: 1 } }, /greater than or equal to 2/],
    ['a broken filter', { FilterCriteria: { Filters: [{ Pattern: '{"body":"x"}' }] } }, /Invalid filter pattern/],
    ['a function that is not there', { FunctionName: 'absent' }, /Function does not exist/],
    ['a starting position', { StartingPosition: 'LATEST' }, /Unsupported parameter .* StartingPosition/],
    ['another kind of source', { EventSourceArn: 'arn:aws:kafka:us-east-1:1:x' }, /Unrecognized event source/],
  ])('rejects %s', async (_, settings, message) => {
    await expect(map(settings)).rejects.toThrow(message);
  });

  it('rejects a second mapping of the same queue and function', async () => {
    await map();
    await expect(map()).rejects.toMatchObject({ code: 'ResourceConflictException' });
  });
});
