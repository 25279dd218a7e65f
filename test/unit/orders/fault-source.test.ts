import { createDynamoFaultSource } from '../../../lambdas/shared/faults/dynamo-fault-source';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { turnedClock } from '../shared/turned-clock';

async function setUp(...rows: object[]) {
  const tables = await createEmbeddedTables(turnedClock().simulated);
  for (const row of rows) await tables.put('faults', row);
  return { tables, faults: createDynamoFaultSource(tables.client, 'faults') };
}

describe('the fault source', () => {
  it('gives nothing when no fault is turned on, with one read', async () => {
    const { tables, faults } = await setUp();
    expect(await faults.take('order-1', 'charge')).toBeUndefined();
    expect(tables.sent).toEqual(['BatchGetItem']);
  });

  it('gives a fault of the order and the operation only', async () => {
    const { faults } = await setUp({ scope: 'order-1', operation: 'charge', fault: 'slow', delayMilliseconds: 50 });
    expect(await faults.take('order-1', 'charge')).toEqual({ kind: 'slow', delayMilliseconds: 50 });
    expect(await faults.take('order-1', 'refund')).toBeUndefined();
    expect(await faults.take('order-2', 'charge')).toBeUndefined();
  });

  it('gives a fault for all to every order, but one for the order first', async () => {
    const { faults } = await setUp(
      { scope: '*', operation: 'charge', fault: 'throttled' },
      { scope: 'order-1', operation: 'charge', fault: 'decline', remaining: 1 },
    );
    expect(await faults.take('order-1', 'charge')).toMatchObject({ kind: 'decline' });
    expect(await faults.take('order-1', 'charge')).toMatchObject({ kind: 'throttled' });
    expect(await faults.take('order-2', 'charge')).toMatchObject({ kind: 'throttled' });
  });

  it('uses a limited fault up exactly, also when many ask at once', async () => {
    const { tables, faults } = await setUp({ scope: '*', operation: 'book', fault: 'decline', remaining: 3 });
    const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => faults.take(`order-${index}`, 'book')));
    expect(taken.filter(Boolean)).toHaveLength(3);
    expect(await tables.get('faults', { scope: '*', operation: 'book' })).toMatchObject({ remaining: 0 });
  });
});
