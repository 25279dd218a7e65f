import fc from 'fast-check';
import { type DynamoDbBench, startBench } from './dynamodb-bench';

const key = (id: string) => ({ id: { S: id } });
const putOf = (id: string, n: number, more: object = {}) => ({
  Put: { TableName: 'items', Item: { ...key(id), n: { N: String(n) } }, ...more },
});
const addTo = (id: string, n: number) => ({
  Update: {
    TableName: 'items',
    Key: key(id),
    UpdateExpression: 'ADD n :n',
    ExpressionAttributeValues: { ':n': { N: String(n) } },
  },
});

async function numberAt(bench: DynamoDbBench, id: string): Promise<string | undefined> {
  return (await bench.call('GetItem', { TableName: 'items', Key: key(id) })).Item?.n?.N;
}

describe('a write transaction', () => {
  let bench: DynamoDbBench;
  beforeEach(async () => {
    bench = startBench({ transactionMilliseconds: 3 });
    await bench.table('items');
  });

  const write = (items: object[], more: object = {}) =>
    bench.call('TransactWriteItems', { TransactItems: items, ...more });

  it('puts, updates, deletes and checks as one', async () => {
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('gone'), n: { N: '1' } } });
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('kept'), n: { N: '1' } } });
    const written = write([
      putOf('new', 7),
      addTo('kept', 4),
      { Delete: { TableName: 'items', Key: key('gone') } },
      { ConditionCheck: { TableName: 'items', Key: key('other'), ConditionExpression: 'attribute_not_exists(id)' } },
    ]);
    await bench.clock.turn(3);
    await written;
    expect(await Promise.all(['new', 'kept', 'gone', 'other'].map((id) => numberAt(bench, id)))).toEqual([
      '7',
      '5',
      undefined,
      undefined,
    ]);
  });

  it('holds its items no longer than it lasts, though its timer is not the first', async () => {
    const { clock } = bench;
    const next = new Promise((resolve) => clock.schedule(clock.now() + 3, () => resolve(write([addTo('a', 1)]))));
    const first = write([addTo('a', 1)]);
    await clock.turn(6);
    await Promise.all([first, next]);
    expect(await numberAt(bench, 'a')).toBe('2');
  });

  it('fails with a reason for each action, and writes nothing', async () => {
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('b'), n: { N: '1' } } });
    const onlyNew = { ConditionExpression: 'attribute_not_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    const refusal = await bench.refusal('TransactWriteItems', {
      TransactItems: [putOf('a', 1), putOf('b', 2, onlyNew), putOf('c', 3)],
    });
    expect(refusal).toMatchObject({
      code: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]',
      details: {
        CancellationReasons: [
          { Code: 'None' },
          {
            Code: 'ConditionalCheckFailed',
            Message: 'The conditional request failed',
            Item: { ...key('b'), n: { N: '1' } },
          },
          { Code: 'None' },
        ],
      },
    });
    expect(await Promise.all(['a', 'b', 'c'].map((id) => numberAt(bench, id)))).toEqual([undefined, '1', undefined]);
  });

  it('keeps the old item out of the reasons unless it is asked for', async () => {
    await bench.call('PutItem', { TableName: 'items', Item: key('b') });
    const refusal = await bench.refusal('TransactWriteItems', {
      TransactItems: [putOf('b', 2, { ConditionExpression: 'attribute_not_exists(id)' })],
    });
    expect(refusal.details.CancellationReasons[0]).not.toHaveProperty('Item');
  });

  it('fails with ValidationError as the reason when an update cannot be applied', async () => {
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('text'), n: { S: 'x' } } });
    const refusal = await bench.refusal('TransactWriteItems', { TransactItems: [addTo('text', 1)] });
    expect(refusal.details.CancellationReasons).toEqual([
      { Code: 'ValidationError', Message: 'An operand in the update expression has an incorrect data type' },
    ]);
  });

  it('conflicts with another on the same item, and leaves it to the first', async () => {
    const first = write([addTo('x', 1), addTo('y', 1)]);
    const second = await bench.refusal('TransactWriteItems', { TransactItems: [addTo('z', 5), addTo('y', 5)] });
    await bench.clock.turn(3);
    await first;
    expect(second.message).toContain('[None, TransactionConflict]');
    expect(second.details.CancellationReasons[1]).toEqual({
      Code: 'TransactionConflict',
      Message: 'Transaction is ongoing for the item',
    });
    expect(await Promise.all(['x', 'y', 'z'].map((id) => numberAt(bench, id)))).toEqual(['1', '1', undefined]);
  });

  it('reports a conflict and a failed condition side by side', async () => {
    await bench.call('PutItem', { TableName: 'items', Item: key('there') });
    const first = write([addTo('y', 1)]);
    const second = await bench.refusal('TransactWriteItems', {
      TransactItems: [putOf('there', 1, { ConditionExpression: 'attribute_not_exists(id)' }), addTo('y', 1)],
    });
    await bench.clock.turn(3);
    await first;
    expect(second.message).toContain('[ConditionalCheckFailed, TransactionConflict]');
  });

  it('makes plain writes of its items fail, and lets reads see them as they were', async () => {
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('x'), n: { N: '1' } } });
    const written = write([addTo('x', 1)]);
    for (const [action, input] of [
      ['PutItem', { Item: key('x') }],
      ['DeleteItem', { Key: key('x') }],
      ['UpdateItem', { Key: key('x'), UpdateExpression: 'REMOVE n' }],
    ] as const) {
      expect(await bench.refusal(action, { TableName: 'items', ...input })).toMatchObject({
        code: 'TransactionConflictException',
        message: 'Transaction is ongoing for the item',
      });
    }
    const batch = await bench.call('BatchWriteItem', { RequestItems: { items: [{ PutRequest: { Item: key('x') } }] } });
    expect(batch.UnprocessedItems).toEqual({ items: [{ PutRequest: { Item: key('x') } }] });
    const reading = await bench.refusal('TransactGetItems', {
      TransactItems: [{ Get: { TableName: 'items', Key: key('x') } }],
    });
    expect(reading.message).toContain('[TransactionConflict]');
    expect(await numberAt(bench, 'x')).toBe('1');
    await bench.clock.turn(3);
    await written;
    expect(await numberAt(bench, 'x')).toBe('2');
    await bench.call('UpdateItem', { TableName: 'items', Key: key('x'), UpdateExpression: 'REMOVE n' });
  });

  it('holds nothing after it was cancelled', async () => {
    await bench.refusal('TransactWriteItems', {
      TransactItems: [addTo('x', 1), putOf('y', 1, { ConditionExpression: 'attribute_exists(id)' })],
    });
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('x'), n: { N: '9' } } });
    expect(await numberAt(bench, 'x')).toBe('9');
  });

  it('commits within the call when it is given no time', async () => {
    const instant = startBench({ transactionMilliseconds: 0 });
    await instant.table('items');
    await instant.call('TransactWriteItems', { TransactItems: [addTo('x', 1)] });
    expect(await numberAt(instant, 'x')).toBe('1');
    expect(instant.clock.nextAt()).toBeUndefined();
  });

  describe('with a client request token', () => {
    const token = { ClientRequestToken: 'token-1' };
    const done = async (items: object[], more: object) => {
      const written = write(items, more);
      await bench.clock.turn(3);
      return written;
    };

    it('is carried out once, for ten minutes', async () => {
      await done([addTo('x', 1)], token);
      await done([addTo('x', 1)], token);
      expect(await numberAt(bench, 'x')).toBe('1');
      await bench.clock.turn(10 * 60 * 1000);
      await done([addTo('x', 1)], token);
      expect(await numberAt(bench, 'x')).toBe('2');
    });

    it('rejects the token for another request', async () => {
      await done([addTo('x', 1)], token);
      const refusal = await bench.refusal('TransactWriteItems', { TransactItems: [addTo('x', 2)], ...token });
      expect(refusal.code).toBe('IdempotentParameterMismatchException');
    });

    it('rejects the token while the request is being carried out', async () => {
      const first = write([addTo('x', 1)], token);
      const refusal = await bench.refusal('TransactWriteItems', { TransactItems: [addTo('x', 1)], ...token });
      await bench.clock.turn(3);
      await first;
      expect(refusal.code).toBe('TransactionInProgressException');
    });

    it('may be tried again after it was cancelled', async () => {
      const guarded = [putOf('x', 1, { ConditionExpression: 'attribute_exists(id)' })];
      await bench.refusal('TransactWriteItems', { TransactItems: guarded, ...token });
      await bench.call('PutItem', { TableName: 'items', Item: key('x') });
      await done(guarded, token);
      expect(await numberAt(bench, 'x')).toBe('1');
    });
  });

  it.each<[string, object, string]>([
    [
      'no action',
      { TransactItems: [] },
      "Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      '101 actions',
      { TransactItems: Array.from({ length: 101 }, (_, i) => addTo(`i${i}`, 1)) },
      'Member must have length less than or equal to 100',
    ],
    [
      'two actions on one item',
      { TransactItems: [addTo('a', 1), putOf('a', 1)] },
      'Transaction request cannot include multiple operations on one item',
    ],
    [
      'two kinds in one action',
      { TransactItems: [{ ...addTo('a', 1), ...putOf('a', 1) }] },
      'TransactItems can only contain one of Check, Put, Update or Delete',
    ],
    [
      'a token of 37 characters',
      { TransactItems: [addTo('a', 1)], ClientRequestToken: 'x'.repeat(37) },
      'Member must have length less than or equal to 36',
    ],
    [
      'a malformed condition',
      { TransactItems: [putOf('a', 1, { ConditionExpression: 'attribute_not_exists(' })] },
      'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "("',
    ],
    [
      'a put over 400 KB',
      { TransactItems: [{ Put: { TableName: 'items', Item: { ...key('a'), big: { S: 'x'.repeat(409_600) } } } }] },
      'Item size has exceeded the maximum allowed size',
    ],
  ])('rejects %s before anything is looked at', async (_what, input, message) => {
    const refusal = await bench.refusal('TransactWriteItems', input);
    expect(refusal.code).toBe('ValidationException');
    expect(refusal.message).toContain(message);
  });

  it('rejects more than 4 MB', async () => {
    const big = (id: string) => ({
      Put: { TableName: 'items', Item: { ...key(id), big: { S: 'x'.repeat(400_000) } } },
    });
    const refusal = await bench.refusal('TransactWriteItems', {
      TransactItems: Array.from({ length: 11 }, (_, i) => big(`b${i}`)),
    });
    expect(refusal.code).toBe('ValidationException');
  });

  it('rejects a table that is not there', async () => {
    const refusal = await bench.refusal('TransactWriteItems', {
      TransactItems: [{ Delete: { TableName: 'nothing', Key: key('a') } }],
    });
    expect(refusal).toMatchObject({ code: 'ResourceNotFoundException', message: 'Requested resource not found' });
  });
});

describe('transactions at the same time', () => {
  it('are all or nothing, and lose no unit, whatever they contend for', async () => {
    const transfer = fc.record({
      from: fc.integer({ min: 0, max: 3 }),
      to: fc.integer({ min: 0, max: 3 }),
      amount: fc.integer({ min: 1, max: 60 }),
      pauseMs: fc.integer({ min: 0, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(transfer, { minLength: 1, maxLength: 25 }), async (transfers) => {
        const bench = startBench({ transactionMilliseconds: 3 });
        await bench.table('items');
        for (const i of [0, 1, 2, 3]) {
          await bench.call('PutItem', { TableName: 'items', Item: { ...key(`a${i}`), n: { N: '100' } } });
        }
        const expected = [100, 100, 100, 100];
        const outcomes: Promise<void>[] = [];
        for (const { from, to, amount, pauseMs } of transfers) {
          if (from === to) continue;
          const write = bench.call('TransactWriteItems', {
            TransactItems: [
              {
                Update: {
                  TableName: 'items',
                  Key: key(`a${from}`),
                  UpdateExpression: 'SET n = n - :amount',
                  ConditionExpression: 'n >= :amount',
                  ExpressionAttributeValues: { ':amount': { N: String(amount) } },
                },
              },
              addTo(`a${to}`, amount),
            ],
          });
          outcomes.push(
            write.then(
              () => {
                expected[from]! -= amount;
                expected[to]! += amount;
              },
              (error) => expect(error.code).toBe('TransactionCanceledException'),
            ),
          );
          await bench.clock.turn(pauseMs);
        }
        await bench.clock.turn(10);
        await Promise.all(outcomes);
        const found = await Promise.all([0, 1, 2, 3].map((i) => numberAt(bench, `a${i}`)));
        expect(found.map(Number)).toEqual(expected);
        expect(found.every((n) => Number(n) >= 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('let exactly one of many reservations of the last piece through', async () => {
    const bench = startBench({ transactionMilliseconds: 3 });
    await bench.table('items');
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('sku'), onHand: { N: '1' }, held: { N: '0' } } });
    const reserve = (order: string) =>
      bench.call('TransactWriteItems', {
        TransactItems: [
          putOf(order, 1),
          {
            Update: {
              TableName: 'items',
              Key: key('sku'),
              UpdateExpression: 'SET onHand = onHand - :q, held = held + :q',
              ConditionExpression: 'onHand >= :q',
              ExpressionAttributeValues: { ':q': { N: '1' } },
            },
          },
        ],
      });
    const outcomes: string[] = [];
    for (let round = 0; round < 3; round++) {
      const attempts = ['a', 'b', 'c'].map((order) =>
        reserve(`${order}${round}`).then(
          () => outcomes.push('reserved'),
          (error) => outcomes.push(error.message.match(/\[(.*)\]/)[1]),
        ),
      );
      await bench.clock.turn(5);
      await Promise.all(attempts);
    }
    expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'None, TransactionConflict')).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === 'None, ConditionalCheckFailed')).toHaveLength(6);
  });
});

describe('a read transaction', () => {
  it('gives every item in order, projected, with a gap for one that is not there', async () => {
    const bench = startBench();
    await bench.table('items');
    await bench.call('PutItem', { TableName: 'items', Item: { ...key('a'), n: { N: '1' }, m: { N: '2' } } });
    const { Responses } = await bench.call('TransactGetItems', {
      TransactItems: [
        { Get: { TableName: 'items', Key: key('none') } },
        { Get: { TableName: 'items', Key: key('a'), ProjectionExpression: 'm' } },
      ],
    });
    expect(Responses).toEqual([{}, { Item: { m: { N: '2' } } }]);
  });
});
