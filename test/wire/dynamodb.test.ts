import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { describeDynamoDb } from '../support/dynamodb-tables';

describeDynamoDb('items and tables', (tables) => {
  describe('items', () => {
    it('gives back every type of value as it was put', async () => {
      const item = {
        sku: { S: 'types ✓' },
        n: { N: '-12.5' },
        big: { N: '12345678901234567890123456789012345678' },
        b: { B: new Uint8Array([0, 1, 255]) },
        yes: { BOOL: true },
        none: { NULL: true },
        ss: { SS: ['a', 'b'] },
        ns: { NS: ['1', '2.5'] },
        l: { L: [{ S: 'x' }, { M: { deep: { N: '1' } } }] },
        empty: { S: '' },
      };
      await tables.put(item);
      expect(await tables.get('types ✓')).toEqual(item);
    });

    it('writes numbers in one form', async () => {
      await tables.put({
        sku: { S: 'numbers' },
        ns: { L: [{ N: '001.500' }, { N: '1e3' }, { N: '-0' }, { N: '1.2E-3' }] },
      });
      expect((await tables.get('numbers'))?.ns).toEqual({
        L: [{ N: '1.5' }, { N: '1000' }, { N: '0' }, { N: '0.0012' }],
      });
    });

    it('answers nothing for a key that is not there', async () => {
      expect(await tables.get('absent')).toBeUndefined();
    });

    it('answers the item that was replaced or deleted when asked to', async () => {
      await tables.put({ sku: { S: 'old' }, n: { N: '1' } });
      const replaced = await tables.put({ sku: { S: 'old' }, n: { N: '2' } }, { ReturnValues: 'ALL_OLD' });
      const deleted = await tables.client.send(
        new DeleteItemCommand({ TableName: 'stock', Key: { sku: { S: 'old' } }, ReturnValues: 'ALL_OLD' }),
      );
      expect([replaced.Attributes?.n, deleted.Attributes?.n]).toEqual([{ N: '1' }, { N: '2' }]);
      expect(await tables.get('old')).toBeUndefined();
    });

    it('projects paths, list elements closed up', async () => {
      await tables.put({
        sku: { S: 'projected' },
        l: { L: [{ S: 'a' }, { S: 'b' }, { S: 'c' }] },
        m: { M: { x: { N: '1' }, y: { N: '2' } } },
      });
      const { Item } = await tables.client.send(
        new GetItemCommand({
          TableName: 'stock',
          Key: { sku: { S: 'projected' } },
          ProjectionExpression: 'l[2], l[0], #m.x, nothing',
          ExpressionAttributeNames: { '#m': 'm' },
        }),
      );
      expect(Item).toEqual({ l: { L: [{ S: 'a' }, { S: 'c' }] }, m: { M: { x: { N: '1' } } } });
    });
  });

  describe('updates', () => {
    it('creates the item, sets, adds, appends, removes and deletes', async () => {
      await tables.update('u1', {
        UpdateExpression: 'SET a = :one, l = :list ADD n :one, tags :tags',
        ExpressionAttributeValues: { ':one': { N: '1' }, ':list': { L: [{ S: 'x' }] }, ':tags': { SS: ['p', 'q'] } },
      });
      const { Attributes } = await tables
        .update('u1', {
          UpdateExpression:
            'SET a = a + :two, l = list_append(l, :more), b = if_not_exists(b, :two) REMOVE l[0] ADD n :half DELETE tags :gone',
          ExpressionAttributeValues: {
            ':two': { N: '2' },
            ':more': { L: [{ S: 'y' }] },
            ':half': { N: '0.5' },
            ':gone': { SS: ['p'] },
          },
          ReturnValues: 'ALL_NEW',
        })
        .catch((error) => ({ Attributes: error.message }));
      // SET l and REMOVE l[0] touch one another.
      expect(Attributes).toContain('Two document paths overlap with each other');
      const second = await tables.update('u1', {
        UpdateExpression:
          'SET a = a + :two, l = list_append(l, :more), b = if_not_exists(b, :two) ADD n :half DELETE tags :gone',
        ExpressionAttributeValues: {
          ':two': { N: '2' },
          ':more': { L: [{ S: 'y' }] },
          ':half': { N: '0.5' },
          ':gone': { SS: ['p'] },
        },
        ReturnValues: 'ALL_NEW',
      });
      expect(second.Attributes).toEqual({
        sku: { S: 'u1' },
        a: { N: '3' },
        b: { N: '2' },
        l: { L: [{ S: 'x' }, { S: 'y' }] },
        n: { N: '1.5' },
        tags: { SS: ['q'] },
      });
    });

    it('gives the updated attributes before and after', async () => {
      await tables.put({ sku: { S: 'u2' }, a: { N: '1' }, b: { N: '1' } });
      const change = { UpdateExpression: 'SET a = :v REMOVE b', ExpressionAttributeValues: { ':v': { N: '9' } } };
      const before = await tables.update('u2', { ...change, ReturnValues: 'UPDATED_OLD' });
      const after = await tables.update('u2', { ...change, ReturnValues: 'UPDATED_NEW' });
      expect(before.Attributes).toEqual({ a: { N: '1' }, b: { N: '1' } });
      expect(after.Attributes).toEqual({ a: { N: '9' } });
    });

    it('reads every value before it writes any', async () => {
      await tables.put({ sku: { S: 'u3' }, a: { N: '1' }, b: { N: '2' } });
      const { Attributes } = await tables.update('u3', {
        UpdateExpression: 'SET a = b, b = a',
        ReturnValues: 'ALL_NEW',
      });
      expect(Attributes).toMatchObject({ a: { N: '2' }, b: { N: '1' } });
    });

    it('edits documents in place and appends beyond the end of a list', async () => {
      await tables.put({ sku: { S: 'u4' }, m: { M: { l: { L: [{ N: '0' }] } } } });
      const { Attributes } = await tables.update('u4', {
        UpdateExpression: 'SET m.l[7] = :b, m.l[0] = :a, m.k = :a',
        ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' } },
        ReturnValues: 'ALL_NEW',
      });
      expect(Attributes?.m).toEqual({ M: { l: { L: [{ S: 'a' }, { S: 'b' }] }, k: { S: 'a' } } });
    });

    it('takes a set away with its last member', async () => {
      await tables.put({ sku: { S: 'u5' }, tags: { SS: ['a'] } });
      await tables.update('u5', {
        UpdateExpression: 'DELETE tags :t',
        ExpressionAttributeValues: { ':t': { SS: ['a'] } },
      });
      expect(await tables.get('u5')).toEqual({ sku: { S: 'u5' } });
    });
  });

  describe('scans and batches', () => {
    const keys = Array.from({ length: 40 }, (_, i) => `scan-${i}`);

    beforeAll(async () => {
      for (let i = 0; i < keys.length; i += 25) {
        const puts = keys
          .slice(i, i + 25)
          .map((sku) => ({ PutRequest: { Item: { sku: { S: sku }, batch: { BOOL: true } } } }));
        await tables.client.send(new BatchWriteItemCommand({ RequestItems: { stock: puts } }));
      }
    });

    const scanAll = async (more: object) => {
      const seen: string[] = [];
      let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await tables.client.send(
          new ScanCommand({
            TableName: 'stock',
            FilterExpression: 'batch = :true',
            ExpressionAttributeNames: undefined,
            ExpressionAttributeValues: { ':true': { BOOL: true } },
            ExclusiveStartKey,
            ...more,
          }),
        );
        seen.push(...page.Items!.map((item) => item.sku!.S!));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return seen;
    };
    const filter = { FilterExpression: '#b = :true', ExpressionAttributeNames: { '#b': 'batch' } };

    it('sees every item once, page by page and segment by segment', async () => {
      expect((await scanAll({ Limit: 7, ...filter })).sort()).toEqual([...keys].sort());
      const segments = await Promise.all([0, 1, 2].map((Segment) => scanAll({ Segment, TotalSegments: 3, ...filter })));
      expect(segments.flat().sort()).toEqual([...keys].sort());
      expect(segments.every((segment) => segment.length < keys.length)).toBe(true);
    });

    it('gets a batch, projected, without those that are not there', async () => {
      const order = { pk: { S: 'p' }, sk: { N: '1' }, note: { S: 'x' } };
      await tables.client.send(new PutItemCommand({ TableName: 'orders', Item: order }));
      const { Responses, UnprocessedKeys } = await tables.client.send(
        new BatchGetItemCommand({
          RequestItems: {
            stock: { Keys: [{ sku: { S: 'scan-1' } }, { sku: { S: 'nothing' } }], ProjectionExpression: 'sku' },
            orders: { Keys: [{ pk: { S: 'p' }, sk: { N: '1' } }] },
          },
        }),
      );
      expect(Responses?.stock).toEqual([{ sku: { S: 'scan-1' } }]);
      expect(Responses?.orders?.map((item) => item.note)).toEqual([{ S: 'x' }]);
      expect(UnprocessedKeys).toEqual({});
    });

    it('rejects a batch that names an item twice, or too many', async () => {
      const twice = { stock: { Keys: [{ sku: { S: 'a' } }, { sku: { S: 'a' } }] } };
      await expect(tables.client.send(new BatchGetItemCommand({ RequestItems: twice }))).rejects.toMatchObject({
        message: 'Provided list of item keys contains duplicates',
      });
      const many = Array.from({ length: 26 }, (_, i) => ({ DeleteRequest: { Key: { sku: { S: `d${i}` } } } }));
      await expect(
        tables.client.send(new BatchWriteItemCommand({ RequestItems: { stock: many } })),
      ).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });

    it('says what a request consumed', async () => {
      await tables.put({ sku: { S: 'capacity' }, pad: { S: 'x'.repeat(5000) } });
      const read = await tables.client.send(
        new GetItemCommand({
          TableName: 'stock',
          Key: { sku: { S: 'capacity' } },
          ConsistentRead: true,
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      const written = await tables.put({ sku: { S: 'capacity' } }, { ReturnConsumedCapacity: 'TOTAL' });
      expect(read.ConsumedCapacity).toEqual({ TableName: 'stock', CapacityUnits: 2 });
      expect(written.ConsumedCapacity).toEqual({ TableName: 'stock', CapacityUnits: 5 });
    });
  });

  it('lists, describes and deletes tables', async () => {
    const { TableNames } = await tables.client.send(new ListTablesCommand({}));
    expect(TableNames).toEqual(['orders', 'stock']);
    const { Table } = await tables.client.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders',
    });
    expect(Table?.GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexName: 'by-owner', IndexStatus: 'ACTIVE' });
    await tables.client.send(new DeleteTableCommand({ TableName: 'stock' }));
  });
});
