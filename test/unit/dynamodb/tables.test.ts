import { startBench } from './dynamodb-bench';

const key = (id: string) => ({ id: { S: id } });
const byOwner = {
  IndexName: 'by-owner',
  KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'KEYS_ONLY' },
};
const ownerAttribute = [{ AttributeName: 'owner', AttributeType: 'S' }];

describe('tables', () => {
  it('are refused deletion while they are protected', async () => {
    const bench = startBench();
    await bench.table('items', { DeletionProtectionEnabled: true });
    const refusal = await bench.refusal('DeleteTable', { TableName: 'items' });
    expect(refusal.code).toBe('ValidationException');
    expect(refusal.message).toContain('protected against deletion');
    await bench.call('UpdateTable', { TableName: 'items', DeletionProtectionEnabled: false });
    await bench.call('DeleteTable', { TableName: 'items' });
    expect((await bench.call('ListTables', {})).TableNames).toEqual([]);
  });

  it('fill an index that is added later, and lose it again', async () => {
    const bench = startBench();
    await bench.table('items');
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('a'), owner: { S: 'ann' }, x: { N: '1' } } });
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('b'), owner: { N: '1' } } });
    await bench.call('UpdateTable', {
      TableName: 'items',
      AttributeDefinitions: ownerAttribute,
      GlobalSecondaryIndexUpdates: [{ Create: byOwner }],
    });
    const scanned = await bench.call('Scan', { TableName: 'items', IndexName: 'by-owner' });
    expect(scanned.Items).toEqual([{ ...key('a'), owner: { S: 'ann' } }]);
    await bench.call('UpdateTable', {
      TableName: 'items',
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-owner' } }],
    });
    expect((await bench.refusal('Scan', { TableName: 'items', IndexName: 'by-owner' })).message).toBe(
      'The table does not have the specified index: by-owner',
    );
  });

  it('refuse index keys of another type or empty, on a put and on an update', async () => {
    const bench = startBench();
    await bench.table('items', {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }, ...ownerAttribute],
      GlobalSecondaryIndexes: [byOwner],
    });
    const put = (owner: object) => bench.refusal('PutItem', { TableName: 'items', Item: { ...key('a'), owner } });
    expect((await put({ N: '1' })).message).toBe(
      'One or more parameter values were invalid: Type mismatch for Index Key owner Expected: S Actual: N IndexName: by-owner',
    );
    expect((await put({ S: '' })).message).toContain('IndexName: by-owner, IndexKey: owner');
    const update = await bench.refusal('UpdateItem', {
      TableName: 'items',
      Key: key('a'),
      UpdateExpression: 'SET #o = :o',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { N: '1' } },
    });
    expect(update.message).toBe(
      'The update expression attempted to update the secondary index key to unsupported type',
    );
  });

  it('refuse to read from an index what it does not project, and consistently', async () => {
    const bench = startBench();
    await bench.table('items', {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }, ...ownerAttribute],
      GlobalSecondaryIndexes: [byOwner],
    });
    const scan = { TableName: 'items', IndexName: 'by-owner' };
    expect((await bench.refusal('Scan', { ...scan, ConsistentRead: true })).message).toBe(
      'Consistent reads are not supported on global secondary indexes',
    );
    expect((await bench.refusal('Scan', { ...scan, Select: 'ALL_ATTRIBUTES' })).message).toContain(
      'its projection type is not ALL',
    );
    expect((await bench.refusal('Scan', { ...scan, ProjectionExpression: 'id, x' })).message).toContain(
      'does not project [x]',
    );
  });

  it('keep tags and the switch of point-in-time recovery', async () => {
    const bench = startBench();
    const { TableDescription } = await bench.table('items', { Tags: [{ Key: 'a', Value: '1' }] });
    const ResourceArn = TableDescription.TableArn;
    await bench.call('TagResource', { ResourceArn, Tags: [{ Key: 'b', Value: '2' }] });
    await bench.call('UntagResource', { ResourceArn, TagKeys: ['a'] });
    expect((await bench.call('ListTagsOfResource', { ResourceArn })).Tags).toEqual([{ Key: 'b', Value: '2' }]);
    const status = async () =>
      (await bench.call('DescribeContinuousBackups', { TableName: 'items' })).ContinuousBackupsDescription
        .PointInTimeRecoveryDescription.PointInTimeRecoveryStatus;
    expect(await status()).toBe('DISABLED');
    await bench.call('UpdateContinuousBackups', {
      TableName: 'items',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(await status()).toBe('ENABLED');
  });

  it.each<[string, object, string]>([
    ['a name of two letters', { TableName: 'ab' }, 'TableName must be at least 3 characters long'],
    ['a name that is taken', { TableName: 'items' }, 'Table already exists: items'],
    [
      'a key that is not defined',
      { AttributeDefinitions: [] },
      'Some index key attributes are not defined in AttributeDefinitions. Keys: [id], AttributeDefinitions: []',
    ],
    [
      'a definition that no key uses',
      { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }, ...ownerAttribute] },
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ],
    [
      'a range key first',
      { KeySchema: [{ AttributeName: 'id', KeyType: 'RANGE' }] },
      'The first KeySchemaElement is not a HASH key type',
    ],
    [
      'a local index without a range key',
      { LocalSecondaryIndexes: [byOwner] },
      'Table KeySchema does not have a range key',
    ],
    [
      'throughput on demand',
      { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified',
    ],
    [
      'no throughput when provisioned',
      { BillingMode: 'PROVISIONED' },
      'must both be specified when BillingMode is PROVISIONED',
    ],
  ])('reject being created with %s', async (_what, input, message) => {
    const bench = startBench();
    await bench.table('items');
    const shape = {
      TableName: 'fresh',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    };
    expect((await bench.refusal('CreateTable', { ...shape, ...input })).message).toContain(message);
  });
});
