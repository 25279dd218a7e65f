import { PutItemCommand, QueryCommand, type QueryCommandInput, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describeDynamoDb } from '../support/dynamodb-tables';

describeDynamoDb('queries', (tables) => {
  const sorted = [-200, -3.5, -3, 0, 1, 2, 10, 100, 1e21];

  beforeAll(async () => {
    for (const sk of [10, -3, 1, 100, 1e21, 0, -200, 2, -3.5]) {
      const at = `2026-01-${String(sorted.indexOf(sk) + 1).padStart(2, '0')}`;
      await tables.client.send(
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
    await tables.client.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: 'q' }, sk: { N: '1' } } }));
  });

  const query = (input: Partial<QueryCommandInput>) =>
    tables.client.send(
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
      tables.client.send(
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
