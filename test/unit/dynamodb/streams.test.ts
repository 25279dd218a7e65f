import { type DynamoDbBench, startBench } from './dynamodb-bench';

const key = (id: string) => ({ id: { S: id } });
const HOUR_MS = 60 * 60 * 1000;

describe('a stream', () => {
  let bench: DynamoDbBench;
  let arn: string;

  const open = async (viewType: string) => {
    bench = startBench({ transactionMilliseconds: 0 });
    const created = await bench.table('items', {
      StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
    });
    arn = created.TableDescription.LatestStreamArn;
  };
  const put = (id: string, n: number) =>
    bench.call('PutItem', { TableName: 'items', Item: { ...key(id), n: { N: String(n) } } });
  const remove = (id: string) => bench.call('DeleteItem', { TableName: 'items', Key: key(id) });
  const iterator = async (ShardIteratorType: string, SequenceNumber?: string): Promise<string> => {
    const { StreamDescription } = await bench.call('DescribeStream', { StreamArn: arn });
    const { ShardId } = StreamDescription.Shards[0];
    return (await bench.call('GetShardIterator', { StreamArn: arn, ShardId, ShardIteratorType, SequenceNumber }))
      .ShardIterator;
  };
  const read = async (ShardIterator: string, more: object = {}) => bench.call('GetRecords', { ShardIterator, ...more });
  const all = async () => (await read(await iterator('TRIM_HORIZON'))).Records;

  it('tells inserts, changes and removals with both images, in order', async () => {
    await open('NEW_AND_OLD_IMAGES');
    await put('a', 1);
    await put('a', 2);
    await remove('a');
    const records = await all();
    expect(
      records.map((record: any) => [record.eventName, record.dynamodb.OldImage?.n, record.dynamodb.NewImage?.n]),
    ).toEqual([
      ['INSERT', undefined, { N: '1' }],
      ['MODIFY', { N: '1' }, { N: '2' }],
      ['REMOVE', { N: '2' }, undefined],
    ]);
    expect(records[0]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: bench.clock.now() / 1000,
        Keys: key('a'),
        NewImage: { ...key('a'), n: { N: '1' } },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: 9,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    const numbers = records.map((record: any) => record.dynamodb.SequenceNumber);
    expect([...numbers].sort()).toEqual(numbers);
  });

  it.each([
    ['KEYS_ONLY', undefined, undefined],
    ['NEW_IMAGE', undefined, { N: '2' }],
    ['OLD_IMAGE', { N: '1' }, undefined],
  ])('shows with %s only that', async (viewType, old, fresh) => {
    await open(viewType);
    await put('a', 1);
    await put('a', 2);
    const [, change] = await all();
    expect([change.dynamodb.OldImage?.n, change.dynamodb.NewImage?.n]).toEqual([old, fresh]);
  });

  it('tells nothing of writes that change nothing or fail', async () => {
    await open('NEW_IMAGE');
    await put('a', 1);
    await put('a', 1);
    await remove('b');
    await bench.refusal('PutItem', {
      TableName: 'items',
      Item: key('a'),
      ConditionExpression: 'attribute_not_exists(id)',
    });
    await bench.refusal('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'items', Item: key('c') } },
        { ConditionCheck: { TableName: 'items', Key: key('a'), ConditionExpression: 'attribute_not_exists(id)' } },
      ],
    });
    expect(await all()).toHaveLength(1);
  });

  it('goes on from where a reader was', async () => {
    await open('KEYS_ONLY');
    const latest = await iterator('LATEST');
    for (const id of ['a', 'b', 'c']) await put(id, 1);
    const first = await read(latest, { Limit: 2 });
    const second = await read(first.NextShardIterator);
    const third = await read(second.NextShardIterator);
    expect([first, second, third].map(({ Records }) => Records.map((r: any) => r.dynamodb.Keys.id.S))).toEqual([
      ['a', 'b'],
      ['c'],
      [],
    ]);
    const { SequenceNumber } = first.Records[1].dynamodb;
    const at = await read(await iterator('AT_SEQUENCE_NUMBER', SequenceNumber));
    const after = await read(await iterator('AFTER_SEQUENCE_NUMBER', SequenceNumber));
    expect([at.Records.length, after.Records.length]).toEqual([2, 1]);
  });

  it('gives at most 1 MB at once', async () => {
    await open('NEW_IMAGE');
    for (let i = 0; i < 4; i++) {
      await bench.call('PutItem', { TableName: 'items', Item: { ...key(`big${i}`), pad: { S: 'x'.repeat(300_000) } } });
    }
    const first = await read(await iterator('TRIM_HORIZON'));
    const second = await read(first.NextShardIterator);
    expect([first.Records.length, second.Records.length]).toEqual([3, 1]);
  });

  it('keeps a record for 24 hours', async () => {
    await open('KEYS_ONLY');
    await put('a', 1);
    const [{ dynamodb }] = await all();
    await bench.clock.turn(23 * HOUR_MS);
    await put('b', 1);
    expect(await all()).toHaveLength(2);
    await bench.clock.turn(HOUR_MS);
    expect(await all()).toHaveLength(1);
    const { StreamDescription } = await bench.call('DescribeStream', { StreamArn: arn });
    const refusal = await bench.refusal('GetShardIterator', {
      StreamArn: arn,
      ShardId: StreamDescription.Shards[0].ShardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: dynamodb.SequenceNumber,
    });
    expect(refusal.code).toBe('TrimmedDataAccessException');
  });

  it('rejects an iterator older than fifteen minutes', async () => {
    await open('KEYS_ONLY');
    const old = await iterator('LATEST');
    await bench.clock.turn(15 * 60 * 1000);
    await read(old);
    await bench.clock.turn(1);
    expect((await bench.refusal('GetRecords', { ShardIterator: old })).code).toBe('ExpiredIteratorException');
  });

  it('ends when it is switched off, and is another when switched on again', async () => {
    await open('KEYS_ONLY');
    await put('a', 1);
    const reader = await iterator('TRIM_HORIZON');
    await bench.call('UpdateTable', { TableName: 'items', StreamSpecification: { StreamEnabled: false } });
    await put('b', 1);
    const last = await read(reader);
    expect([last.Records.length, last.NextShardIterator]).toEqual([1, undefined]);
    const { StreamDescription } = await bench.call('DescribeStream', { StreamArn: arn });
    expect(StreamDescription).toMatchObject({ StreamStatus: 'DISABLED' });
    const switchedOn = await bench.call('UpdateTable', {
      TableName: 'items',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    expect(switchedOn.TableDescription.LatestStreamArn).not.toBe(arn);
    expect((await bench.call('ListStreams', { TableName: 'items' })).Streams).toHaveLength(2);
  });

  it('rejects a stream and an iterator that are none', async () => {
    await open('KEYS_ONLY');
    expect((await bench.refusal('DescribeStream', { StreamArn: `${arn}x` })).code).toBe('ResourceNotFoundException');
    expect((await bench.refusal('GetRecords', { ShardIterator: 'nonsense' })).code).toBe('ValidationException');
  });
});

describe('time to live', () => {
  const second = (bench: DynamoDbBench) => bench.clock.now() / 1000;
  const ttl = { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } };

  const start = async () => {
    const bench = startBench();
    const created = await bench.table('items', {
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'OLD_IMAGE' },
    });
    const StreamArn: string = created.TableDescription.LatestStreamArn;
    const put = (id: string, expiresAt: object) =>
      bench.call('PutItem', { TableName: 'items', Item: { ...key(id), expiresAt } });
    const ids = async () =>
      (await bench.call('Scan', { TableName: 'items' })).Items.map((item: any) => item.id.S).sort();
    return { bench, StreamArn, put, ids };
  };

  it('removes items whose second has passed, and says in the stream that it did', async () => {
    const { bench, StreamArn, put, ids } = await start();
    await bench.call('UpdateTimeToLive', { TableName: 'items', ...ttl });
    await put('soon', { N: String(second(bench) + 60) });
    await put('later', { N: String(second(bench) + 3600) });
    await put('never', { S: '60' });
    await bench.clock.turn(60_000);
    expect(await ids()).toEqual(['later', 'never', 'soon']);
    await bench.clock.turn(1000);
    expect(await ids()).toEqual(['later', 'never']);
    const { ShardId } = (await bench.call('DescribeStream', { StreamArn })).StreamDescription.Shards[0];
    const position = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    const { ShardIterator } = await bench.call('GetShardIterator', position);
    const { Records } = await bench.call('GetRecords', { ShardIterator });
    expect(Records[3]).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
      dynamodb: { Keys: key('soon') },
    });
    expect(Records[0]).not.toHaveProperty('userIdentity');
  });

  it('follows the attribute when it is changed before its time', async () => {
    const { bench, put, ids } = await start();
    await bench.call('UpdateTimeToLive', { TableName: 'items', ...ttl });
    await put('a', { N: String(second(bench) + 10) });
    await put('a', { N: String(second(bench) + 100) });
    await bench.clock.turn(50_000);
    expect(await ids()).toEqual(['a']);
    await bench.clock.turn(60_000);
    expect(await ids()).toEqual([]);
  });

  it('takes up items that were there before, and leaves those of more than five years ago', async () => {
    const { bench, put, ids } = await start();
    await put('due', { N: String(second(bench) - 60) });
    await put('ancient', { N: '1' });
    await bench.call('UpdateTimeToLive', { TableName: 'items', ...ttl });
    await bench.clock.turn(1000);
    expect(await ids()).toEqual(['ancient']);
  });

  it('stops when it is switched off', async () => {
    const { bench, put, ids } = await start();
    await bench.call('UpdateTimeToLive', { TableName: 'items', ...ttl });
    await put('a', { N: String(second(bench) + 10) });
    await bench.call('UpdateTimeToLive', {
      TableName: 'items',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: false },
    });
    await bench.clock.turn(60_000);
    expect(await ids()).toEqual(['a']);
    const { TimeToLiveDescription } = await bench.call('DescribeTimeToLive', { TableName: 'items' });
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });

  it('rejects being switched on twice', async () => {
    const { bench } = await start();
    await bench.call('UpdateTimeToLive', { TableName: 'items', ...ttl });
    expect((await bench.refusal('UpdateTimeToLive', { TableName: 'items', ...ttl })).message).toBe(
      'TimeToLive is already enabled',
    );
  });
});
