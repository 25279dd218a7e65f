import { DescribeTableCommand, GetItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describeDynamoDb } from '../support/dynamodb-tables';

describeDynamoDb('refusals', (tables) => {
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
    const refusal = await rejected(tables.put(item));
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
    const refusal = await rejected(tables.update('refused', input));
    expect(refusal).toContain('ValidationException');
    expect(refusal).toContain(message);
  });

  it('rejects arithmetic on text', async () => {
    await tables.put({ sku: { S: 'text' }, a: { S: 'x' } });
    const sum = { UpdateExpression: 'SET a = a + :v', ExpressionAttributeValues: { ':v': { N: '1' } } };
    expect(await rejected(tables.update('text', sum))).toBe(
      'ValidationException: An operand in the update expression has an incorrect data type',
    );
  });

  it('rejects a key of another shape, and a table that is not there', async () => {
    const wrong = tables.client.send(new GetItemCommand({ TableName: 'stock', Key: { other: { S: 'x' } } }));
    expect(await rejected(wrong)).toBe('ValidationException: The provided key element does not match the schema');
    const absent = tables.client.send(new GetItemCommand({ TableName: 'nothing', Key: { sku: { S: 'x' } } }));
    expect(await rejected(absent)).toBe('ResourceNotFoundException: Requested resource not found');
    const described = tables.client.send(new DescribeTableCommand({ TableName: 'nothing' }));
    expect(await rejected(described)).toBe(
      'ResourceNotFoundException: Requested resource not found: Table: nothing not found',
    );
  });
});
