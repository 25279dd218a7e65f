import { type SimulatedLambda, startSimulatedLambda } from './simulated-lambda';

let aws: SimulatedLambda;
let EventSourceArn: string;

beforeEach(async () => {
  aws = await startSimulatedLambda();
  const { TableDescription } = await aws.call('dynamodb', 'CreateTable', {
    TableName: 'orders',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  EventSourceArn = TableDescription.LatestStreamArn;
});

afterEach(() => aws.close());

const map = (settings: object = {}) =>
  aws.call('lambda', 'CreateEventSourceMapping', {
    FunctionName: 'consumer',
    EventSourceArn,
    StartingPosition: 'TRIM_HORIZON',
    ...settings,
  });

async function put(...ids: string[]) {
  for (const id of ids) await aws.call('dynamodb', 'PutItem', { TableName: 'orders', Item: { id: { S: id } } });
}

const idsOf = (event: any): string[] => event.Records.map((record: any) => record.dynamodb.Keys.id.S);
const batches = async () => (await aws.recorded('consumer')).map(idsOf);

async function deadLetters(): Promise<any[]> {
  const QueueUrl = `${aws.running.url}/000000000000/dead`;
  const { Messages = [] } = await aws.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  return Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
}

describe('an event source mapping from a table stream', () => {
  it('hands changes to the function in order and in the shape of Lambda', async () => {
    await aws.recorder('consumer');
    await map();
    await put('a', 'b');
    await aws.call('dynamodb', 'DeleteItem', { TableName: 'orders', Key: { id: { S: 'a' } } });
    await aws.turn(1000);
    const records = (await aws.recorded('consumer')).flatMap(({ Records }) => Records);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'INSERT', 'REMOVE']);
    expect(records[0]).toEqual({
      eventID: expect.any(String),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: Date.UTC(2026, 0, 1) / 1000,
        Keys: { id: { S: 'a' } },
        NewImage: { id: { S: 'a' } },
        SequenceNumber: expect.stringMatching(/^\d+$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: EventSourceArn,
    });
  });

  it('begins with what comes later when it starts at LATEST', async () => {
    await aws.recorder('consumer');
    await put('before');
    await map({ StartingPosition: 'LATEST' });
    await aws.turn(1000);
    await put('after');
    await aws.turn(1000);
    expect(await batches()).toEqual([['after']]);
  });

  it('hands on only records that pass a filter', async () => {
    await aws.recorder('consumer');
    await put('a', 'b', 'c');
    await map({
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"id":{"S":["b",{"prefix":"c"}]}}}}' }] },
    });
    await aws.turn(1000);
    expect(await batches()).toEqual([['b', 'c']]);
  });

  it('tries a failed batch again before it goes on, so that the order is kept', async () => {
    await aws.recorder('consumer', "n < 3 ? (() => { throw new Error('not yet'); })() : null");
    await put('a', 'b');
    await map({ BatchSize: 1 });
    await aws.turn(10_000);
    expect(await batches()).toEqual([['a'], ['a'], ['a'], ['b']]);
  });

  it('halves a failed batch until the bad record stands alone, and reports that one', async () => {
    await aws.call('sqs', 'CreateQueue', { QueueName: 'dead' });
    const answer =
      "event.Records.some((r) => r.dynamodb.Keys.id.S === 'bad') ? (() => { throw new Error('bad'); })() : null";
    await aws.recorder('consumer', answer);
    await put('a', 'bad', 'c', 'd');
    await map({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:dead' } },
    });
    await aws.turn(60_000);
    expect(await batches()).toEqual([['a', 'bad', 'c', 'd'], ['a', 'bad'], ['a'], ['bad'], ['bad'], ['c', 'd']]);
    expect(await deadLetters()).toEqual([
      {
        requestContext: {
          requestId: expect.any(String),
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:consumer',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 2,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: expect.stringMatching(/^2026-01-01T/),
        DDBStreamBatchInfo: {
          shardId: expect.any(String),
          startSequenceNumber: expect.stringMatching(/^\d+$/),
          endSequenceNumber: expect.stringMatching(/^\d+$/),
          approximateArrivalOfFirstRecord: '2026-01-01T00:00:00.000Z',
          approximateArrivalOfLastRecord: '2026-01-01T00:00:00.000Z',
          batchSize: 1,
          streamArn: EventSourceArn,
        },
      },
    ]);
  });

  it('goes on from the first record that is reported as failed', async () => {
    const answer =
      'n === 1 ? ({ batchItemFailures: [{ itemIdentifier: event.Records[1].dynamodb.SequenceNumber }] }) : null';
    await aws.recorder('consumer', answer);
    await put('a', 'b', 'c');
    await map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await aws.turn(10_000);
    expect(await batches()).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('gives up records that are too old, untried', async () => {
    await aws.call('sqs', 'CreateQueue', { QueueName: 'dead' });
    await aws.recorder('consumer', 'undefined', { ReservedConcurrentExecutions: 0 });
    await put('old');
    await map({
      MaximumRecordAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:dead' } },
    });
    await aws.turn(130_000);
    const letters = await deadLetters();
    expect(letters.map(({ requestContext }) => requestContext.condition)).toEqual(['RecordAgeExceeded']);
    expect(await batches()).toEqual([]);
  });

  it('keeps its place when it is disabled and enabled', async () => {
    await aws.recorder('consumer');
    const { UUID } = await map();
    await put('a');
    await aws.turn(1000);
    await aws.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: false });
    await put('b');
    await aws.turn(5000);
    expect(await batches()).toEqual([['a']]);
    await aws.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true });
    await aws.turn(1000);
    expect(await batches()).toEqual([['a'], ['b']]);
  });

  it('rejects a mapping without a starting position', async () => {
    await aws.recorder('consumer');
    await expect(map({ StartingPosition: undefined })).rejects.toThrow(/startingPosition .* must not be null/);
  });
});
