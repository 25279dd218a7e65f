import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { administrator, Gateway } from '../../../local/wire/gateway';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/items';

describe('what an action of DynamoDB needs to be allowed', () => {
  const gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
  const service = createDynamoDbService(gateway);
  gateway.register(service);
  const call = { caller: administrator(gateway.accountId), requestId: 'r' };
  const access = (action: string, input: object) => service.actions[action]!.access!(input, call);

  beforeAll(async () => {
    const shape = {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    };
    await gateway.call(call.caller, 'dynamodb', 'CreateTable', { TableName: 'items', ...shape });
  });

  it('is the action on the table, with the partition keys it touches', () => {
    const leading = { 'dynamodb:LeadingKeys': ['a'] };
    const Key = { id: { S: 'a' } };
    expect(access('GetItem', { TableName: 'items', Key })).toEqual([
      { action: 'dynamodb:GetItem', resource: TABLE, context: leading },
    ]);
    expect(access('PutItem', { TableName: TABLE, Item: { ...Key, n: { N: '1' } } })).toEqual([
      { action: 'dynamodb:PutItem', resource: TABLE, context: leading },
    ]);
  });

  it('is the action on the index for a query or scan of one', () => {
    expect(access('Query', { TableName: 'items', IndexName: 'by-owner' })).toEqual([
      { action: 'dynamodb:Query', resource: `${TABLE}/index/by-owner` },
    ]);
    expect(access('Scan', { TableName: 'items' })).toEqual([{ action: 'dynamodb:Scan', resource: TABLE }]);
  });

  it('is the action of each single write for a transaction', () => {
    const Key = { id: { S: 'a' } };
    const other = TABLE.replace('items', 'other');
    const items = [
      { Put: { TableName: 'items', Item: { id: { S: 'b' } } } },
      { Update: { TableName: 'other', Key } },
      { Delete: { TableName: 'items', Key } },
      { ConditionCheck: { TableName: 'items', Key } },
    ];
    expect(access('TransactWriteItems', { TransactItems: items }).map((a) => [a.action, a.resource])).toEqual([
      ['dynamodb:PutItem', TABLE],
      ['dynamodb:UpdateItem', other],
      ['dynamodb:DeleteItem', TABLE],
      ['dynamodb:ConditionCheckItem', TABLE],
    ]);
    expect(access('TransactGetItems', { TransactItems: [{ Get: { TableName: 'items', Key } }] })[0]).toMatchObject({
      action: 'dynamodb:GetItem',
      resource: TABLE,
    });
  });

  it('is one for each table of a batch', () => {
    const RequestItems = {
      items: [{ PutRequest: { Item: { id: { S: 'a' } } } }, { DeleteRequest: { Key: { id: { S: 'b' } } } }],
      other: [{ DeleteRequest: { Key: { id: { S: 'c' } } } }],
    };
    expect(access('BatchWriteItem', { RequestItems })).toEqual([
      { action: 'dynamodb:BatchWriteItem', resource: TABLE, context: { 'dynamodb:LeadingKeys': ['a', 'b'] } },
      { action: 'dynamodb:BatchWriteItem', resource: TABLE.replace('items', 'other') },
    ]);
  });

  it('is the action on the stream for its readers', async () => {
    const StreamArn = `${TABLE}/stream/2026-01-01T00:00:00.000`;
    expect(access('DescribeStream', { StreamArn })).toEqual([
      { action: 'dynamodb:DescribeStream', resource: StreamArn },
    ]);
    expect(access('GetRecords', { ShardIterator: `${StreamArn}|1|abc` })).toEqual([
      { action: 'dynamodb:GetRecords', resource: StreamArn },
    ]);
    expect(access('ListStreams', {})).toEqual([{ action: 'dynamodb:ListStreams', resource: '*' }]);
  });

  it('is asked for without failing when the request is malformed', () => {
    for (const input of [{}, { TransactItems: [null] }, { RequestItems: { items: [null] } }]) {
      for (const action of ['GetItem', 'TransactWriteItems', 'TransactGetItems', 'BatchWriteItem', 'BatchGetItem']) {
        if (action === 'BatchGetItem' && 'RequestItems' in input) continue;
        expect(() => access(action, input)).not.toThrow();
      }
    }
  });
});
