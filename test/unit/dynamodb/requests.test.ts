import { type DynamoDbBench, startBench } from './dynamodb-bench';

const key = (id: string) => ({ id: { S: id } });

describe('requests to DynamoDB', () => {
  let bench: DynamoDbBench;
  beforeEach(async () => {
    bench = startBench();
    await bench.table('items');
  });

  it.each<[string, string, object, string]>([
    [
      'no table',
      'GetItem',
      { Key: key('a') },
      "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
    ],
    [
      'no key',
      'GetItem',
      { TableName: 'items' },
      "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a bad table name',
      'GetItem',
      { TableName: 'a b!', Key: key('a') },
      "1 validation error detected: Value 'a b!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      'an unknown mode',
      'GetItem',
      { TableName: 'items', Key: key('a'), ReturnConsumedCapacity: 'BOGUS' },
      "1 validation error detected: Value 'BOGUS' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
    ],
    [
      'two types in one value',
      'PutItem',
      { TableName: 'items', Item: { ...key('a'), x: { S: 'a', N: '1' } } },
      '1 validation error detected: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    [
      'no type in a value',
      'PutItem',
      { TableName: 'items', Item: { ...key('a'), x: {} } },
      '1 validation error detected: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'a member twice in a set',
      'PutItem',
      { TableName: 'items', Item: { ...key('a'), x: { SS: ['b', 'a', 'b'] } } },
      '1 validation error detected: One or more parameter values were invalid: Input collection ["a", "b", "b"] contains duplicates.',
    ],
    [
      'values without an expression',
      'PutItem',
      { TableName: 'items', Item: key('a'), ExpressionAttributeValues: { ':v': { S: 'x' } } },
      '1 validation error detected: ExpressionAttributeValues can only be specified when using expressions',
    ],
    [
      'a bad placeholder',
      'UpdateItem',
      { TableName: 'items', Key: key('a'), UpdateExpression: 'REMOVE #a', ExpressionAttributeNames: { a: 'x' } },
      '1 validation error detected: ExpressionAttributeNames contains invalid key: Syntax error; key: "a"',
    ],
    [
      'ALL_NEW for a put',
      'PutItem',
      { TableName: 'items', Item: key('a'), ReturnValues: 'ALL_NEW' },
      '1 validation error detected: ReturnValues can only be ALL_OLD or NONE',
    ],
    [
      'an expression over 4 KB',
      'UpdateItem',
      { TableName: 'items', Key: key('a'), UpdateExpression: `REMOVE ${'a'.repeat(4090)}` },
      '1 validation error detected: Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;',
    ],
    [
      'a word that is no section',
      'UpdateItem',
      { TableName: 'items', Key: key('a'), UpdateExpression: 'INVALID SYNTAX HERE' },
      '1 validation error detected: Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"',
    ],
    [
      'a broken path',
      'GetItem',
      { TableName: 'items', Key: key('a'), ProjectionExpression: 'a.-b' },
      'Invalid ProjectionExpression: Syntax error; token: "-", near: ".-b"',
    ],
    [
      'overlapping projections',
      'GetItem',
      { TableName: 'items', Key: key('a'), ProjectionExpression: 'a.b, a' },
      'Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]',
    ],
    [
      'a test as an operand',
      'DeleteItem',
      {
        TableName: 'items',
        Key: key('a'),
        ConditionExpression: 'attribute_exists(a) = :t',
        ExpressionAttributeValues: { ':t': { BOOL: true } },
      },
      '1 validation error detected: Invalid ConditionExpression: The function is not allowed to be used this way in an expression; function: attribute_exists',
    ],
    [
      'a bare size',
      'DeleteItem',
      { TableName: 'items', Key: key('a'), ConditionExpression: 'size(a)' },
      '1 validation error detected: Invalid ConditionExpression: The function is not allowed to be used this way in an expression; function: size',
    ],
    [
      'an order of booleans',
      'DeleteItem',
      {
        TableName: 'items',
        Key: key('a'),
        ConditionExpression: 'a < :t',
        ExpressionAttributeValues: { ':t': { BOOL: true } },
      },
      '1 validation error detected: Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: <, operand type: BOOL',
    ],
    [
      'too few operands',
      'DeleteItem',
      { TableName: 'items', Key: key('a'), ConditionExpression: 'contains(a)' },
      '1 validation error detected: Invalid ConditionExpression: Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1',
    ],
  ])('are rejected with %s', async (_what, action, input, message) => {
    expect(await bench.refusal(action, input)).toMatchObject({ code: 'ValidationException', message });
  });

  it.each<[string, object]>([
    ['PutItem', { Item: key('a'), Expected: { id: { Exists: false } } }],
    ['UpdateItem', { Key: key('a'), AttributeUpdates: {} }],
    ['GetItem', { Key: key('a'), AttributesToGet: ['a'] }],
    ['Query', { KeyConditions: {} }],
    ['Scan', { ScanFilter: {} }],
    ['PutItem', { Item: key('a'), ReturnItemCollectionMetrics: 'SIZE' }],
  ])('%s is rejected with a parameter that is not emulated, which is named', async (action, input) => {
    const parameter = Object.keys(input)[Object.keys(input).length - 1]!;
    const refusal = await bench.refusal(action, { TableName: 'items', ...input });
    expect(refusal.message).toContain(`${parameter} is not emulated`);
  });

  it.each<[string, object, string]>([
    ['a number for text', { Item: { id: { S: 1 } } }, 'NUMBER_VALUE cannot be converted to String'],
    ['a list for a structure', { Item: { id: [] } }, 'Unexpected value type in payload'],
    ['text for a list', { Item: { ...key('a'), l: { L: 'x' } } }, 'Unexpected field type'],
    ['no base64', { Item: { ...key('a'), b: { B: '*' } } }, 'base64'],
  ])('are rejected as malformed with %s', async (_what, input, message) => {
    const refusal = await bench.refusal('PutItem', { TableName: 'items', ...input });
    expect(refusal.code).toBe('SerializationException');
    expect(refusal.message).toContain(message);
  });

  it('may nest documents 32 levels deep, and are rejected beyond', async () => {
    const nested = (levels: number) => {
      let value: object = { S: 'leaf' };
      for (let i = 0; i < levels; i++) value = { M: { n: value } };
      return { TableName: 'items', Item: { ...key('deep'), value } };
    };
    await bench.call('PutItem', nested(31));
    expect((await bench.refusal('PutItem', nested(32))).message).toContain(
      'Nesting Levels have exceeded supported limits',
    );
  });

  it('name the table by its ARN as well', async () => {
    const TableName = 'arn:aws:dynamodb:us-east-1:000000000000:table/items';
    await bench.call('PutItem', { TableName, Item: key('a') });
    expect((await bench.call('GetItem', { TableName, Key: key('a') })).Item).toEqual(key('a'));
  });

  it('cannot change what is stored through what they were given or handed in', async () => {
    const Item = { ...key('a'), l: { L: [{ S: 'x' }] } };
    await bench.call('PutItem', { TableName: 'items', Item });
    Item.l.L.push({ S: 'y' });
    const got = await bench.call('GetItem', { TableName: 'items', Key: key('a') });
    got.Item.l.L.push({ S: 'z' });
    expect((await bench.call('GetItem', { TableName: 'items', Key: key('a') })).Item.l.L).toEqual([{ S: 'x' }]);
  });

  it('leave what was read before an update as it was', async () => {
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('a'), m: { M: { l: { L: [{ N: '1' }] } } } } });
    const change = (UpdateExpression: string) =>
      bench.call('UpdateItem', {
        TableName: 'items',
        Key: key('a'),
        UpdateExpression,
        ExpressionAttributeValues: { ':v': { N: '2' } },
        ReturnValues: 'ALL_OLD',
      });
    const old = await change('SET m.l[0] = :v');
    expect(old.Attributes.m.M.l.L).toEqual([{ N: '1' }]);
  });

  it('remove list elements by their places before the update', async () => {
    const L = ['a', 'b', 'c', 'd'].map((S) => ({ S }));
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('a'), l: { L } } });
    const { Attributes } = await bench.call('UpdateItem', {
      TableName: 'items',
      Key: key('a'),
      UpdateExpression: 'REMOVE l[0], l[2] SET l[3] = :v',
      ExpressionAttributeValues: { ':v': { S: 'D' } },
      ReturnValues: 'ALL_NEW',
    });
    expect(Attributes.l.L).toEqual([{ S: 'b' }, { S: 'D' }]);
  });

  it('with a failed condition answer the item that is there when asked to', async () => {
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('a'), n: { N: '1' } } });
    const input = { TableName: 'items', Item: key('a'), ConditionExpression: 'attribute_not_exists(id)' };
    const silent = await bench.refusal('PutItem', input);
    const telling = await bench.refusal('PutItem', { ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
    expect(silent.details).toEqual({});
    expect(telling.details.Item).toEqual({ ...key('a'), n: { N: '1' } });
  });

  it('compare what is missing with nothing: neither equal nor ordered, and always different', async () => {
    const check = (ConditionExpression: string, more: object = {}) =>
      bench.call('PutItem', { TableName: 'items', Item: key('a'), ConditionExpression, ...more });
    await check('x <> y');
    for (const condition of ['x = y', 'x < y', 'x >= y']) {
      await expect(check(condition)).rejects.toMatchObject({ code: 'ConditionalCheckFailedException' });
    }
  });

  it('take 99 values after IN, of any type, and are rejected with 100', async () => {
    const values = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`:v${i}`, i === 0 ? { BOOL: false } : { N: String(i) }]),
      );
    const input = (count: number) => ({
      TableName: 'items',
      Item: { ...key('a'), flag: { BOOL: false } },
      ConditionExpression: `attribute_not_exists(id) OR flag IN (${Object.keys(values(count)).join(', ')})`,
      ExpressionAttributeValues: values(count),
    });
    await bench.call('PutItem', input(99));
    await bench.call('PutItem', input(99));
    expect((await bench.refusal('PutItem', input(100))).message).toContain('number of operands: 101');
  });

  it.each([
    ['ConditionExpression', 'if_not_exists(a, b) = :v'],
    ['UpdateExpression', 'SET a = size(:v)'],
  ])('are rejected with a function in %s that belongs elsewhere', async (parameter, text) => {
    const refusal = await bench.refusal('UpdateItem', {
      TableName: 'items',
      Key: key('a'),
      [parameter]: text,
      ExpressionAttributeValues: { ':v': { N: '1' } },
    });
    expect(refusal.message).toContain('The function is not allowed to be used this way in an expression');
  });

  it('end a page at 1 MB', async () => {
    for (let i = 0; i < 5; i++) {
      await bench.call('PutItem', { TableName: 'items', Item: { ...key(`big${i}`), pad: { S: 'x'.repeat(300_000) } } });
    }
    const first = await bench.call('Scan', { TableName: 'items' });
    const rest = await bench.call('Scan', { TableName: 'items', ExclusiveStartKey: first.LastEvaluatedKey });
    expect([first.Count, rest.Count, rest.LastEvaluatedKey]).toEqual([4, 1, undefined]);
  });

  it('go on with a scan after its last item was deleted', async () => {
    for (let i = 0; i < 10; i++) await bench.call('PutItem', { TableName: 'items', Item: key(`i${i}`) });
    const first = await bench.call('Scan', { TableName: 'items', Limit: 4 });
    await bench.call('DeleteItem', { TableName: 'items', Key: first.LastEvaluatedKey });
    const rest = await bench.call('Scan', { TableName: 'items', ExclusiveStartKey: first.LastEvaluatedKey });
    expect(new Set([...first.Items, ...rest.Items].map((item: any) => item.id.S)).size).toBe(10);
  });
});

describe('sort keys', () => {
  const order = async (type: 'S' | 'B', values: string[]) => {
    const bench = startBench();
    await bench.table('items', {
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: type },
      ],
    });
    for (const value of values) {
      await bench.call('PutItem', { TableName: 'items', Item: { ...key('p'), sk: { [type]: value } } });
    }
    const { Items } = await bench.call('Query', {
      TableName: 'items',
      KeyConditionExpression: 'id = :p',
      ExpressionAttributeValues: { ':p': { S: 'p' } },
    });
    return Items.map((item: any) => item.sk[type]);
  };

  it('are ordered by their UTF-8 bytes', async () => {
    const sorted = ['A', 'Z', 'a', 'aa', 'é', '\uffee', '😀'];
    expect(await order('S', [...sorted].reverse())).toEqual(sorted);
  });

  it('are ordered byte by byte when binary', async () => {
    const sorted = [[0], [0, 1], [127], [128], [255, 0]].map((bytes) => Buffer.from(bytes).toString('base64'));
    expect(await order('B', [...sorted].reverse())).toEqual(sorted);
  });
});
