import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { DurableServices } from '../../support/durable-services';

const ATTRIBUTES = [
  { AttributeName: 'id', AttributeType: 'S' },
  { AttributeName: 'kind', AttributeType: 'S' },
];

describe('tables that outlive their process', () => {
  let life: DurableServices;
  beforeEach(async () => {
    life = await DurableServices.start((host) => [createDynamoDbService(host, { transactionMilliseconds: 0 })]);
    await call('CreateTable', {
      TableName: 'table',
      AttributeDefinitions: ATTRIBUTES,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byKind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      Tags: [{ Key: 'k', Value: 'v' }],
    });
  });
  afterEach(() => life.close());

  const call = (action: string, input: object) => life.call('dynamodb', action, input);
  const put = (id: string, more: object = {}) =>
    call('PutItem', { TableName: 'table', Item: { id: { S: id }, kind: { S: 'a' }, ...more } });
  const get = async (id: string) => (await call('GetItem', { TableName: 'table', Key: { id: { S: id } } })).Item;
  const streamArn = async () => (await call('DescribeTable', { TableName: 'table' })).Table.LatestStreamArn;
  const records = async (more: object) => {
    const StreamArn = await streamArn();
    const { StreamDescription } = await call('DescribeStream', { StreamArn });
    const ShardId = StreamDescription.Shards[0].ShardId;
    const { ShardIterator } = await call('GetShardIterator', { StreamArn, ShardId, ...more });
    return (await call('GetRecords', { ShardIterator })).Records;
  };

  it('keep their items, in indexes too, and what was deleted stays so', async () => {
    await put('1', { n: { N: '1' }, b: { B: 'AAE=' } });
    await put('2');
    await life.restart();
    await call('DeleteItem', { TableName: 'table', Key: { id: { S: '2' } } });
    await call('UpdateItem', {
      TableName: 'table',
      Key: { id: { S: '1' } },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    await life.restart();
    const item = { id: { S: '1' }, kind: { S: 'a' }, n: { N: '2' }, b: { B: 'AAE=' } };
    expect(await get('1')).toEqual(item);
    const query = {
      TableName: 'table',
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'a' } },
    };
    expect((await call('Query', query)).Items).toEqual([item]);
    const { Table } = await call('DescribeTable', { TableName: 'table' });
    expect(Table).toMatchObject({ ItemCount: 1, TableStatus: 'ACTIVE' });
    const { Tags } = await call('ListTagsOfResource', { ResourceArn: Table.TableArn });
    expect(Tags).toEqual([{ Key: 'k', Value: 'v' }]);
  });

  it('keep their streams, whose sequence numbers go on, and readers their place', async () => {
    await put('1');
    await put('2');
    const [first, second] = await records({ ShardIteratorType: 'TRIM_HORIZON' });
    await life.restart();
    await put('3');
    const SequenceNumber = first.dynamodb.SequenceNumber;
    const rest = await records({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber });
    expect(rest[0]).toEqual(second);
    expect(rest.map((record: any) => record.dynamodb.NewImage.id.S)).toEqual(['2', '3']);
    expect(BigInt(rest[1].dynamodb.SequenceNumber)).toBe(BigInt(SequenceNumber) + 2n);
    // Also when all records have gone.
    await life.turn(25 * 3600 * 1000);
    expect(await records({ ShardIteratorType: 'TRIM_HORIZON' })).toEqual([]);
    expect(life.count('dynamodb.streamRecords')).toBe(0);
    await life.restart();
    await put('4');
    const [last] = await records({ ShardIteratorType: 'TRIM_HORIZON' });
    expect(BigInt(last.dynamodb.SequenceNumber)).toBe(BigInt(SequenceNumber) + 3n);
  });

  it('expire items at their time, also when that was due in between', async () => {
    const TimeToLiveSpecification = { AttributeName: 'ttl', Enabled: true };
    await call('UpdateTimeToLive', { TableName: 'table', TimeToLiveSpecification });
    const inSeconds = (seconds: number) => ({ ttl: { N: String(life.clock.now() / 1000 + seconds) } });
    await put('soon', inSeconds(10));
    await put('later', inSeconds(1000));
    await put('touched', inSeconds(10));
    await put('touched', inSeconds(1000));
    await life.restart(() => life.clock.turn(60_000));
    await life.turn(0);
    expect(await get('soon')).toBeUndefined();
    expect(await get('later')).toBeDefined();
    expect(await get('touched')).toBeDefined();
    await life.turn(1_000_000);
    expect(await get('later')).toBeUndefined();
  });

  it('answer a transaction that comes again without carrying it out', async () => {
    await put('1', { n: { N: '0' } });
    const transaction = {
      ClientRequestToken: 'token',
      TransactItems: [
        {
          Update: {
            TableName: 'table',
            Key: { id: { S: '1' } },
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
      ],
    };
    await call('TransactWriteItems', transaction);
    await life.restart();
    await call('TransactWriteItems', transaction);
    expect((await get('1')).n).toEqual({ N: '1' });
  });

  it('leave nothing when they are deleted', async () => {
    await put('1');
    await life.restart();
    await put('2');
    await call('DeleteTable', { TableName: 'table' });
    for (const kind of ['tables', 'items', 'streams', 'streamRecords']) expect(life.count(`dynamodb.${kind}`)).toBe(0);
    await life.restart();
    expect((await call('ListTables', {})).TableNames).toEqual([]);
  });
});
