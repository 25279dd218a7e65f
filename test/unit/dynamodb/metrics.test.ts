import { startBench } from './dynamodb-bench';

const key = (id: string) => ({ id: { S: id } });
const put = (id: string, more: object = {}) => ({ TableName: 'items', Item: key(id), ...more });

describe('the metrics of DynamoDB', () => {
  it('have one latency sample for each successful request, with its operation', async () => {
    const bench = startBench({ transactionMilliseconds: 5 });
    await bench.table('items');
    await bench.table('other');
    bench.metrics.length = 0;
    await bench.call('PutItem', put('a'));
    await bench.call('BatchGetItem', { RequestItems: { items: { Keys: [key('a')] }, other: { Keys: [key('a')] } } });
    const transaction = bench.call('TransactWriteItems', {
      TransactItems: [{ Put: put('b') }, { Put: { TableName: 'items', Item: key('c') } }],
    });
    await bench.clock.turn(5);
    await transaction;
    await bench.refusal('GetItem', { TableName: 'items', Key: {} });
    const latencies = bench.metrics.filter(({ name }) => name === 'SuccessfulRequestLatency');
    expect(latencies.map(({ dimensions, value }) => [dimensions.TableName, dimensions.Operation, value])).toEqual([
      ['items', 'PutItem', 0],
      ['items', 'BatchGetItem', 0],
      ['other', 'BatchGetItem', 0],
      ['items', 'TransactWriteItems', 5],
    ]);
  });

  it('count failed conditions and conflicts, alone and in transactions', async () => {
    const bench = startBench({ transactionMilliseconds: 5 });
    await bench.table('items');
    await bench.call('PutItem', put('a'));
    const isNew = { ConditionExpression: 'attribute_not_exists(id)' };
    await bench.refusal('PutItem', put('a', isNew));
    await bench.refusal('TransactWriteItems', { TransactItems: [{ Put: put('a', isNew) }, { Put: put('b') }] });
    const first = bench.call('TransactWriteItems', { TransactItems: [{ Put: put('held') }] });
    await bench.refusal('PutItem', put('held'));
    await bench.refusal('TransactWriteItems', { TransactItems: [{ Put: put('held') }] });
    await bench.clock.turn(5);
    await first;
    const count = (name: string) => bench.metrics.filter((metric) => metric.name === name).length;
    expect([count('ConditionalCheckFailedRequests'), count('TransactionConflict')]).toEqual([2, 2]);
  });

  it('add up consumed capacity: by 4 KB read, by 1 KB written, twice in a transaction', async () => {
    const bench = startBench({ transactionMilliseconds: 0 });
    await bench.table('items');
    const units = async (name: string, action: string, input: object) => {
      bench.metrics.length = 0;
      await bench.call(action, input);
      return bench.metrics.filter((metric) => metric.name === name).map(({ value }) => value);
    };
    const big = { TableName: 'items', Item: { ...key('a'), pad: { S: 'x'.repeat(4500) } } };
    expect(await units('ConsumedWriteCapacityUnits', 'PutItem', big)).toEqual([5]);
    expect(await units('ConsumedWriteCapacityUnits', 'TransactWriteItems', { TransactItems: [{ Put: big }] })).toEqual([
      10,
    ]);
    const get = { TableName: 'items', Key: key('a') };
    expect(await units('ConsumedReadCapacityUnits', 'GetItem', get)).toEqual([1]);
    expect(await units('ConsumedReadCapacityUnits', 'GetItem', { ...get, ConsistentRead: true })).toEqual([2]);
    expect(await units('ConsumedReadCapacityUnits', 'TransactGetItems', { TransactItems: [{ Get: get }] })).toEqual([
      4,
    ]);
  });
});
