import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../local/services/dynamodb/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const key = (id: string) => ({ id: { S: id } });

/** What dynalite does not have: transactions, streams, the old item of a failed condition. */
describe('transactions and streams, called by the AWS SDK', () => {
  const clock = new SimulatedClock();
  let running: RunningGateway;
  let client: DynamoDBClient;
  let streams: DynamoDBStreamsClient;

  beforeAll(async () => {
    const kernel = { clock, random: new SeededRandom(1) };
    running = await startGateway((host) => [createDynamoDbService(host, { transactionMilliseconds: 50 })], { kernel });
    client = new DynamoDBClient(running.client);
    streams = new DynamoDBStreamsClient(running.client);
    await client.send(
      new CreateTableCommand({
        TableName: 'items',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
  });

  afterAll(async () => {
    client.destroy();
    streams.destroy();
    await running.close();
  });

  /** Turns the clock until what was sent is answered. */
  const whileTurning = async <T>(sent: Promise<T>): Promise<T> => {
    let isDone = false;
    const settled = sent.finally(() => {
      isDone = true;
    });
    settled.catch(() => {});
    while (!isDone) await clock.turn(10);
    return settled;
  };
  const write = (items: TransactWriteItemsCommand['input']['TransactItems']) =>
    client.send(new TransactWriteItemsCommand({ TransactItems: items }));

  it('fails with the modelled exception and its reasons', async () => {
    await client.send(new PutItemCommand({ TableName: 'items', Item: { ...key('taken'), n: { N: '1' } } }));
    const isNew = {
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
    const error = await write([
      { Put: { TableName: 'items', Item: key('fresh') } },
      { Put: { TableName: 'items', Item: key('taken'), ...isNew } },
    ]).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TransactionCanceledException);
    expect(error.message).toBe(
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
    );
    expect(error.CancellationReasons).toEqual([
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...key('taken'), n: { N: '1' } },
      },
    ]);
    const single = await client
      .send(new PutItemCommand({ TableName: 'items', Item: key('taken'), ...isNew }))
      .catch((thrown) => thrown);
    expect(single).toBeInstanceOf(ConditionalCheckFailedException);
    expect(single.Item).toEqual({ ...key('taken'), n: { N: '1' } });
  });

  it('makes a plain write wait its turn with TransactionConflictException', async () => {
    const first = write([{ Put: { TableName: 'items', Item: { ...key('held'), n: { N: '1' } } } }]);
    let conflict: unknown;
    // The first request is on its way: write until it holds the item.
    while (!conflict) {
      await client.send(new PutItemCommand({ TableName: 'items', Item: key('held') })).catch((error) => {
        conflict = error;
      });
    }
    expect(conflict).toBeInstanceOf(TransactionConflictException);
    await whileTurning(first);
    const { Item } = await client.send(new GetItemCommand({ TableName: 'items', Key: key('held') }));
    expect(Item?.n).toEqual({ N: '1' });
    const read = await client.send(
      new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName: 'items', Key: key('held') } }] }),
    );
    expect(read.Responses).toEqual([{ Item: { ...key('held'), n: { N: '1' } } }]);
  });

  it('gives the records of a stream as the client knows them', async () => {
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: 'items' }));
    const { StreamArn } = Streams![0]!;
    const position = async (ShardIteratorType: 'LATEST' | 'TRIM_HORIZON') => {
      const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
      const { ShardId } = StreamDescription!.Shards![0]!;
      return (await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType }))).ShardIterator;
    };
    const ShardIterator = await position('LATEST');
    const b = new Uint8Array([1, 2]);
    await client.send(new PutItemCommand({ TableName: 'items', Item: { ...key('streamed'), b: { B: b } } }));
    const { Records, NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records).toEqual([
      {
        eventID: expect.any(String),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'us-east-1',
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Date),
          Keys: key('streamed'),
          NewImage: { ...key('streamed'), b: { B: b } },
          SequenceNumber: expect.any(String),
          SizeBytes: 23,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      },
    ]);
    expect((await streams.send(new GetRecordsCommand({ ShardIterator: NextShardIterator }))).Records).toEqual([]);
  });
});
