import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type DynamoTarget, embeddedTarget, oracleTarget } from '../support/dynamodb-targets';

/** The same expectations of the embedded service and of dynalite, which was tested against AWS by its authors. */
describe.each<[string, () => Promise<DynamoTarget>]>([
  ['the embedded DynamoDB', embeddedTarget],
  ['dynalite', oracleTarget],
])('%s, called by the AWS SDK', (_name, start) => {
  let target: DynamoTarget;
  let client: DynamoDBClient;

  beforeAll(async () => {
    target = await start();
    client = new DynamoDBClient(target.client);
    await client.send(
      new CreateTableCommand({
        TableName: 'orders',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'N' },
          { AttributeName: 'owner', AttributeType: 'S' },
          { AttributeName: 'at', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-owner',
            KeySchema: [
              { AttributeName: 'owner', KeyType: 'HASH' },
              { AttributeName: 'at', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['total'] },
          },
        ],
        LocalSecondaryIndexes: [
          {
            IndexName: 'by-time',
            KeySchema: [
              { AttributeName: 'pk', KeyType: 'HASH' },
              { AttributeName: 'at', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
    await client.send(
      new CreateTableCommand({
        TableName: 'stock',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'sku', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'S' }],
      }),
    );
    await target.settle(client, ['orders', 'stock']);
  });

  afterAll(async () => {
    client.destroy();
    await target.close();
  });

  const put = (item: Record<string, any>, more: object = {}) =>
    client.send(new PutItemCommand({ TableName: 'stock', Item: item, ...more }));
  const get = async (sku: string) =>
    (await client.send(new GetItemCommand({ TableName: 'stock', Key: { sku: { S: sku } } }))).Item;
  const update = (sku: string, more: Partial<UpdateItemCommandInput>) =>
    client.send(new UpdateItemCommand({ TableName: 'stock', Key: { sku: { S: sku } }, ...more }));

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
      await put(item);
      expect(await get('types ✓')).toEqual(item);
    });

    it('writes numbers in one form', async () => {
      await put({ sku: { S: 'numbers' }, ns: { L: [{ N: '001.500' }, { N: '1e3' }, { N: '-0' }, { N: '1.2E-3' }] } });
      expect((await get('numbers'))?.ns).toEqual({ L: [{ N: '1.5' }, { N: '1000' }, { N: '0' }, { N: '0.0012' }] });
    });

    it('answers nothing for a key that is not there', async () => {
      expect(await get('absent')).toBeUndefined();
    });

    it('answers the item that was replaced or deleted when asked to', async () => {
      await put({ sku: { S: 'old' }, n: { N: '1' } });
      const replaced = await put({ sku: { S: 'old' }, n: { N: '2' } }, { ReturnValues: 'ALL_OLD' });
      const deleted = await client.send(
        new DeleteItemCommand({ TableName: 'stock', Key: { sku: { S: 'old' } }, ReturnValues: 'ALL_OLD' }),
      );
      expect([replaced.Attributes?.n, deleted.Attributes?.n]).toEqual([{ N: '1' }, { N: '2' }]);
      expect(await get('old')).toBeUndefined();
    });

    it('projects paths, list elements closed up', async () => {
      await put({
        sku: { S: 'projected' },
        l: { L: [{ S: 'a' }, { S: 'b' }, { S: 'c' }] },
        m: { M: { x: { N: '1' }, y: { N: '2' } } },
      });
      const { Item } = await client.send(
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
      await update('u1', {
        UpdateExpression: 'SET a = :one, l = :list ADD n :one, tags :tags',
        ExpressionAttributeValues: { ':one': { N: '1' }, ':list': { L: [{ S: 'x' }] }, ':tags': { SS: ['p', 'q'] } },
      });
      const { Attributes } = await update('u1', {
        UpdateExpression:
          'SET a = a + :two, l = list_append(l, :more), b = if_not_exists(b, :two) REMOVE l[0] ADD n :half DELETE tags :gone',
        ExpressionAttributeValues: {
          ':two': { N: '2' },
          ':more': { L: [{ S: 'y' }] },
          ':half': { N: '0.5' },
          ':gone': { SS: ['p'] },
        },
        ReturnValues: 'ALL_NEW',
      }).catch((error) => ({ Attributes: error.message }));
      // SET l and REMOVE l[0] touch one another.
      expect(Attributes).toContain('Two document paths overlap with each other');
      const second = await update('u1', {
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
      await put({ sku: { S: 'u2' }, a: { N: '1' }, b: { N: '1' } });
      const change = { UpdateExpression: 'SET a = :v REMOVE b', ExpressionAttributeValues: { ':v': { N: '9' } } };
      const before = await update('u2', { ...change, ReturnValues: 'UPDATED_OLD' });
      const after = await update('u2', { ...change, ReturnValues: 'UPDATED_NEW' });
      expect(before.Attributes).toEqual({ a: { N: '1' }, b: { N: '1' } });
      expect(after.Attributes).toEqual({ a: { N: '9' } });
    });

    it('reads every value before it writes any', async () => {
      await put({ sku: { S: 'u3' }, a: { N: '1' }, b: { N: '2' } });
      const { Attributes } = await update('u3', { UpdateExpression: 'SET a = b, b = a', ReturnValues: 'ALL_NEW' });
      expect(Attributes).toMatchObject({ a: { N: '2' }, b: { N: '1' } });
    });

    it('edits documents in place and appends beyond the end of a list', async () => {
      await put({ sku: { S: 'u4' }, m: { M: { l: { L: [{ N: '0' }] } } } });
      const { Attributes } = await update('u4', {
        UpdateExpression: 'SET m.l[7] = :b, m.l[0] = :a, m.k = :a',
        ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' } },
        ReturnValues: 'ALL_NEW',
      });
      expect(Attributes?.m).toEqual({ M: { l: { L: [{ S: 'a' }, { S: 'b' }] }, k: { S: 'a' } } });
    });

    it('takes a set away with its last member', async () => {
      await put({ sku: { S: 'u5' }, tags: { SS: ['a'] } });
      await update('u5', { UpdateExpression: 'DELETE tags :t', ExpressionAttributeValues: { ':t': { SS: ['a'] } } });
      expect(await get('u5')).toEqual({ sku: { S: 'u5' } });
    });
  });

  describe('conditions', () => {
    beforeAll(async () => {
      await put({
        sku: { S: 'c' },
        n: { N: '10' },
        s: { S: 'hello' },
        tags: { SS: ['a', 'b'] },
        l: { L: [{ N: '1' }] },
        flag: { BOOL: true },
      });
    });

    const values = { ':n': { N: '10' }, ':s': { S: 'he' }, ':a': { S: 'a' }, ':x': { N: '99' }, ':t': { S: 'SS' } };
    const check = async (condition: string) => {
      const used = Object.fromEntries(Object.entries(values).filter(([key]) => condition.includes(key)));
      try {
        await update('c', {
          UpdateExpression: 'SET touched = :touched',
          ConditionExpression: condition,
          ExpressionAttributeValues: { ...used, ':touched': { BOOL: true } },
        });
        return true;
      } catch (error) {
        expect(error).toMatchObject({
          name: 'ConditionalCheckFailedException',
          message: 'The conditional request failed',
        });
        return false;
      }
    };

    it.each([
      ['n = :n', true],
      ['n <> :n', false],
      ['lost <> :n', true],
      ['lost = :n', false],
      ['n < :x', true],
      ['n >= :x', false],
      ['s < :n', false],
      ['n BETWEEN :n AND :x', true],
      ['n IN (:x, :n)', true],
      ['n IN (:x, :s)', false],
      ['begins_with(s, :s)', true],
      ['begins_with(n, :s)', false],
      ['contains(s, :s)', true],
      ['contains(tags, :a)', true],
      ['contains(l, :n)', false],
      ['attribute_type(tags, :t)', true],
      ['attribute_exists(l[0])', true],
      ['attribute_exists(l[1])', false],
      ['attribute_not_exists(s.x)', true],
      ['size(s) < :n', true],
      ['size(tags) = :n', false],
      ['NOT n = :x', true],
      ['n = :x OR n = :n AND s = :s', false],
      ['(n = :x OR n = :n) AND begins_with(s, :s)', true],
      ['not attribute_exists(lost) and n = :n', true],
    ])('%s is %s', async (condition, expected) => {
      expect(await check(condition)).toBe(expected);
    });

    it('holds for the key only while the item is there', async () => {
      const first = { ConditionExpression: 'attribute_not_exists(sku)' };
      await put({ sku: { S: 'once' } }, first);
      await expect(put({ sku: { S: 'once' } }, first)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
      });
    });
  });

  describe('refusals', () => {
    const rejected = (promise: Promise<unknown>) =>
      promise.then(
        () => 'accepted',
        (error) => `${error.name}: ${error.message}`,
      );

    it.each<[string, Record<string, any>, string]>([
      ['no key', { other: { S: 'x' } }, 'Missing the key sku in the item'],
      ['a key of another type', { sku: { N: '1' } }, 'Type mismatch for key sku expected: S actual: N'],
      ['an empty key', { sku: { S: '' } }, 'cannot contain an empty string value. Key: sku'],
      ['an empty set', { sku: { S: 'r' }, s: { SS: [] } }, 'An string set  may not be empty'],
      [
        'a duplicate in a number set',
        { sku: { S: 'r' }, s: { NS: ['1', '1.0'] } },
        'Input collection contains duplicates',
      ],
      [
        'text for a number',
        { sku: { S: 'r' }, n: { N: 'abc' } },
        'The parameter cannot be converted to a numeric value: abc',
      ],
      [
        '39 digits',
        { sku: { S: 'r' }, n: { N: '1'.repeat(39) } },
        'Attempting to store more than 38 significant digits in a Number',
      ],
      [
        'too large a number',
        { sku: { S: 'r' }, n: { N: '1e126' } },
        'Number overflow. Attempting to store a number with magnitude larger than supported range',
      ],
      [
        'too small a number',
        { sku: { S: 'r' }, n: { N: '1e-131' } },
        'Number underflow. Attempting to store a number with magnitude smaller than supported range',
      ],
      ['NULL false', { sku: { S: 'r' }, n: { NULL: false } }, 'Null attribute value types must have the value of true'],
      [
        'more than 400 KB',
        { sku: { S: 'r' }, big: { S: 'x'.repeat(409_600) } },
        'Item size has exceeded the maximum allowed size',
      ],
      [
        'a key over 2048 bytes',
        { sku: { S: 'x'.repeat(2049) } },
        'Size of hashkey has exceeded the maximum size limit of2048 bytes',
      ],
    ])('rejects an item with %s', async (_what, item, message) => {
      const refusal = await rejected(put(item));
      expect(refusal).toContain('ValidationException');
      expect(refusal).toContain(message);
    });

    it.each<[string, Partial<UpdateItemCommandInput>, string]>([
      [
        'an undefined value',
        { UpdateExpression: 'SET a = :v' },
        'An expression attribute value used in expression is not defined; attribute value: :v',
      ],
      [
        'an undefined name',
        { UpdateExpression: 'REMOVE #n' },
        'An expression attribute name used in the document path is not defined; attribute name: #n',
      ],
      [
        'an unused value',
        { UpdateExpression: 'REMOVE a', ExpressionAttributeValues: { ':v': { N: '1' } } },
        'Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}',
      ],
      [
        'an unused name',
        { UpdateExpression: 'REMOVE a', ExpressionAttributeNames: { '#n': 'x' } },
        'Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}',
      ],
      [
        'a reserved word',
        { UpdateExpression: 'REMOVE status' },
        'Attribute name is a reserved keyword; reserved keyword: status',
      ],
      ['an empty expression', { UpdateExpression: '' }, 'Invalid UpdateExpression: The expression can not be empty;'],
      ['an unknown function', { UpdateExpression: 'SET a = foo(b)' }, 'Invalid function name; function: foo'],
      [
        'a section twice',
        { UpdateExpression: 'REMOVE a REMOVE b' },
        'The "REMOVE" section can only be used once in an update expression;',
      ],
      [
        'the key',
        { UpdateExpression: 'SET sku = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
        'Cannot update attribute sku. This attribute is part of the key',
      ],
      [
        'a missing attribute read',
        { UpdateExpression: 'SET a = b' },
        'The provided expression refers to an attribute that does not exist in the item',
      ],
      [
        'a path into nothing',
        { UpdateExpression: 'SET a.b.c = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
        'The document path provided in the update expression is invalid for update',
      ],
      [
        'redundant parentheses',
        { ConditionExpression: '((attribute_exists(sku)))' },
        'The expression has redundant parentheses;',
      ],
      [
        'an operand twice',
        { ConditionExpression: 'a = a' },
        'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]',
      ],
      [
        'a list for ADD',
        { UpdateExpression: 'ADD a :v', ExpressionAttributeValues: { ':v': { L: [] } } },
        'Incorrect operand type for operator or function; operator: ADD, operand type: LIST',
      ],
      [
        'bounds the wrong way round',
        {
          ConditionExpression: 'a BETWEEN :b AND :a',
          ExpressionAttributeValues: { ':a': { N: '1' }, ':b': { N: '2' } },
        },
        'The BETWEEN operator requires upper bound to be greater than or equal to lower bound',
      ],
    ])('rejects an update with %s', async (_what, input, message) => {
      const refusal = await rejected(update('refused', input));
      expect(refusal).toContain('ValidationException');
      expect(refusal).toContain(message);
    });

    it('rejects arithmetic on text', async () => {
      await put({ sku: { S: 'text' }, a: { S: 'x' } });
      const sum = { UpdateExpression: 'SET a = a + :v', ExpressionAttributeValues: { ':v': { N: '1' } } };
      expect(await rejected(update('text', sum))).toBe(
        'ValidationException: An operand in the update expression has an incorrect data type',
      );
    });

    it('rejects a key of another shape, and a table that is not there', async () => {
      const wrong = client.send(new GetItemCommand({ TableName: 'stock', Key: { other: { S: 'x' } } }));
      expect(await rejected(wrong)).toBe('ValidationException: The provided key element does not match the schema');
      const absent = client.send(new GetItemCommand({ TableName: 'nothing', Key: { sku: { S: 'x' } } }));
      expect(await rejected(absent)).toBe('ResourceNotFoundException: Requested resource not found');
      const described = client.send(new DescribeTableCommand({ TableName: 'nothing' }));
      expect(await rejected(described)).toBe(
        'ResourceNotFoundException: Requested resource not found: Table: nothing not found',
      );
    });
  });

  describe('queries', () => {
    const sorted = [-200, -3.5, -3, 0, 1, 2, 10, 100, 1e21];

    beforeAll(async () => {
      for (const sk of [10, -3, 1, 100, 1e21, 0, -200, 2, -3.5]) {
        const at = `2026-01-${String(sorted.indexOf(sk) + 1).padStart(2, '0')}`;
        await client.send(
          new PutItemCommand({
            TableName: 'orders',
            Item: {
              pk: { S: 'p' },
              sk: { N: String(sk) },
              at: { S: at },
              owner: { S: sk < 0 ? 'ann' : 'bob' },
              total: { N: '5' },
              note: { S: 'x' },
            },
          }),
        );
      }
      await client.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: 'q' }, sk: { N: '1' } } }));
    });

    const query = (input: Partial<QueryCommandInput>) =>
      client.send(
        new QueryCommand({
          TableName: 'orders',
          KeyConditionExpression: 'pk = :p',
          ...input,
          ExpressionAttributeValues: {
            ...(input.IndexName === 'by-owner' ? {} : { ':p': { S: 'p' } }),
            ...input.ExpressionAttributeValues,
          },
        }),
      );
    const sks = (items: Record<string, any>[] | undefined) => items?.map((item) => Number(item.sk.N));

    it('gives a partition in the order of its numbers, either way', async () => {
      expect(sks((await query({})).Items)).toEqual(sorted);
      expect(sks((await query({ ScanIndexForward: false })).Items)).toEqual([...sorted].reverse());
    });

    it.each<[string, number[], number[]]>([
      ['sk = :a', [2], [2]],
      ['sk < :a', [0], [-200, -3.5, -3]],
      ['sk <= :a', [0], [-200, -3.5, -3, 0]],
      ['sk > :a', [2], [10, 100, 1e21]],
      [':a <= sk', [100], [100, 1e21]],
      ['sk BETWEEN :a AND :b', [-3.5, 1], [-3.5, -3, 0, 1]],
    ])('selects by %s', async (condition, bounds, expected) => {
      const [a, b] = bounds;
      const { Items } = await query({
        KeyConditionExpression: `pk = :p AND ${condition}`,
        ExpressionAttributeValues: { ':a': { N: String(a) }, ...(b === undefined ? {} : { ':b': { N: String(b) } }) },
      });
      expect(sks(Items)).toEqual(expected);
    });

    it('counts before the filter and filters after the limit', async () => {
      const filtered = await query({
        FilterExpression: 'sk2 = :x OR note = :x',
        ExpressionAttributeValues: { ':x': { S: 'x' } },
        Limit: 4,
      });
      expect([filtered.Count, filtered.ScannedCount]).toEqual([4, 4]);
      const none = await query({
        FilterExpression: 'note = :x',
        ExpressionAttributeValues: { ':x': { S: 'y' } },
        Select: 'COUNT',
      });
      expect([none.Count, none.ScannedCount, none.Items]).toEqual([0, 9, undefined]);
    });

    it.each([true, false])('pages through a partition (forward: %s)', async (ScanIndexForward) => {
      const seen: number[] = [];
      let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await query({ Limit: 2, ScanIndexForward, ExclusiveStartKey });
        seen.push(...sks(page.Items)!);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      expect(seen).toEqual(ScanIndexForward ? sorted : [...sorted].reverse());
    });

    it('names a last key when the page ends exactly with the data', async () => {
      expect((await query({ Limit: 9 })).LastEvaluatedKey).toEqual({
        pk: { S: 'p' },
        sk: { N: '1000000000000000000000' },
      });
      expect((await query({ Limit: 10 })).LastEvaluatedKey).toBeUndefined();
    });

    it('queries a global index with what it projects, and pages through it', async () => {
      const byOwner = {
        IndexName: 'by-owner',
        KeyConditionExpression: '#o = :o AND begins_with(#at, :jan)',
        ExpressionAttributeNames: { '#o': 'owner', '#at': 'at' },
        ExpressionAttributeValues: { ':o': { S: 'ann' }, ':jan': { S: '2026-01' } },
      };
      const first = await query({ ...byOwner, Limit: 2 });
      expect(first.Items?.[0]).toEqual({
        pk: { S: 'p' },
        sk: { N: '-200' },
        owner: { S: 'ann' },
        at: { S: '2026-01-01' },
        total: { N: '5' },
      });
      expect(Object.keys(first.LastEvaluatedKey!).sort()).toEqual(['at', 'owner', 'pk', 'sk']);
      const rest = await query({ ...byOwner, ExclusiveStartKey: first.LastEvaluatedKey });
      expect(sks(rest.Items)).toEqual([-3]);
    });

    it('queries a local index with whole items', async () => {
      const { Items } = await query({
        IndexName: 'by-time',
        KeyConditionExpression: 'pk = :p AND #at > :t',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':t': { S: '2026-01-07' } },
        ConsistentRead: true,
      });
      expect(Items?.map((item) => [item.sk!.N, item.note!.S])).toEqual([
        ['100', 'x'],
        ['1000000000000000000000', 'x'],
      ]);
    });

    it('moves an entry of an index when its keys change, and drops it with them', async () => {
      const key = { pk: { S: 'moving' }, sk: { N: '1' } };
      const setOwner = (expression: string, values?: Record<string, any>) =>
        client.send(
          new UpdateItemCommand({
            TableName: 'orders',
            Key: key,
            UpdateExpression: expression,
            ExpressionAttributeNames: { '#o': 'owner', ...(expression.includes('#at') ? { '#at': 'at' } : {}) },
            ExpressionAttributeValues: values,
          }),
        );
      const owned = async (owner: string) =>
        (
          await query({
            IndexName: 'by-owner',
            KeyConditionExpression: '#o = :o',
            ExpressionAttributeNames: { '#o': 'owner' },
            ExpressionAttributeValues: { ':o': { S: owner } },
          })
        ).Count;
      await setOwner('SET #o = :o, #at = :at', { ':o': { S: 'carl' }, ':at': { S: 'x' } });
      expect(await owned('carl')).toBe(1);
      await setOwner('SET #o = :o', { ':o': { S: 'dora' } });
      expect([await owned('carl'), await owned('dora')]).toEqual([0, 1]);
      await setOwner('REMOVE #o');
      expect(await owned('dora')).toBe(0);
    });

    it.each<[string, Partial<QueryCommandInput>, string]>([
      ['no partition key', { KeyConditionExpression: 'sk = :p' }, 'Query condition missed key schema element: pk'],
      ['a range of partition keys', { KeyConditionExpression: 'pk > :p' }, 'Query key condition not supported'],
      [
        'a value of another type',
        { KeyConditionExpression: 'pk = :p AND sk = :s', ExpressionAttributeValues: { ':s': { S: '1' } } },
        'Condition parameter type does not match schema type',
      ],
      ['OR', { KeyConditionExpression: 'pk = :p OR pk = :p' }, 'Invalid operator used in KeyConditionExpression: OR'],
      [
        'a filter on the key',
        { FilterExpression: 'sk > :n', ExpressionAttributeValues: { ':n': { N: '0' } } },
        'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
      ],
      ['an unknown index', { IndexName: 'by-nothing' }, 'The table does not have the specified index: by-nothing'],
      ['another start key', { ExclusiveStartKey: { pk: { S: 'p' } } }, 'The provided starting key is invalid'],
      ['a limit of zero', { Limit: 0 }, 'Member must have value greater than or equal to 1'],
    ])('rejects %s', async (_what, input, message) => {
      await expect(query(input)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
    });
  });

  describe('scans and batches', () => {
    const keys = Array.from({ length: 40 }, (_, i) => `scan-${i}`);

    beforeAll(async () => {
      for (let i = 0; i < keys.length; i += 25) {
        const puts = keys
          .slice(i, i + 25)
          .map((sku) => ({ PutRequest: { Item: { sku: { S: sku }, batch: { BOOL: true } } } }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { stock: puts } }));
      }
    });

    const scanAll = async (more: object) => {
      const seen: string[] = [];
      let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await client.send(
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
      const { Responses, UnprocessedKeys } = await client.send(
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
      await expect(client.send(new BatchGetItemCommand({ RequestItems: twice }))).rejects.toMatchObject({
        message: 'Provided list of item keys contains duplicates',
      });
      const many = Array.from({ length: 26 }, (_, i) => ({ DeleteRequest: { Key: { sku: { S: `d${i}` } } } }));
      await expect(client.send(new BatchWriteItemCommand({ RequestItems: { stock: many } }))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });

    it('says what a request consumed', async () => {
      await put({ sku: { S: 'capacity' }, pad: { S: 'x'.repeat(5000) } });
      const read = await client.send(
        new GetItemCommand({
          TableName: 'stock',
          Key: { sku: { S: 'capacity' } },
          ConsistentRead: true,
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      const written = await put({ sku: { S: 'capacity' } }, { ReturnConsumedCapacity: 'TOTAL' });
      expect(read.ConsumedCapacity).toEqual({ TableName: 'stock', CapacityUnits: 2 });
      expect(written.ConsumedCapacity).toEqual({ TableName: 'stock', CapacityUnits: 5 });
    });
  });

  it('lists, describes and deletes tables', async () => {
    const { TableNames } = await client.send(new ListTablesCommand({}));
    expect(TableNames).toEqual(['orders', 'stock']);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders',
    });
    expect(Table?.GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexName: 'by-owner', IndexStatus: 'ACTIVE' });
    await client.send(new DeleteTableCommand({ TableName: 'stock' }));
  });
});
