import { describeDynamoDb } from '../support/dynamodb-tables';

describeDynamoDb('conditions', (tables) => {
  beforeAll(async () => {
    await tables.put({
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
      await tables.update('c', {
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
    await tables.put({ sku: { S: 'once' } }, first);
    await expect(tables.put({ sku: { S: 'once' } }, first)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
  });
});
