import { createDynamoStockReservation } from '../../../lambdas/orders/adapters/dynamo-stock-reservation';
import { createReleaseStock } from '../../../lambdas/orders/domain/release-stock';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { invocation, turnedClock } from '../shared/turned-clock';
import { silent } from './ports/memory-ports';
import { listedFaults } from './ports/payment-room';

const held = {
  orderId: 'order-1',
  status: 'OrderCancelling',
  reservation: 'held',
  lines: [
    { sku: 'book', quantity: 2, unitPriceCents: 1250 },
    { sku: 'lamp', quantity: 1, unitPriceCents: 4000 },
  ],
};

async function setUp(
  order: object | undefined,
  { transactionMilliseconds = 0, faults = {} as Parameters<typeof listedFaults>[0] } = {},
) {
  const clock = turnedClock();
  const tables = await createEmbeddedTables(clock.simulated, { transactionMilliseconds });
  await tables.put('stock', { sku: 'book', onHand: 8, held: 2, sold: 0 });
  await tables.put('stock', { sku: 'lamp', onHand: 4, held: 1, sold: 0 });
  if (order) await tables.put('orders', order);
  const reservation = createDynamoStockReservation({
    client: tables.client,
    ordersTable: 'orders',
    stockTable: 'stock',
    clock,
  });
  const unexpected: string[] = [];
  const releaseStock = createReleaseStock({
    reservation,
    clock,
    countUnexpectedUndo: (release) => void unexpected.push(release),
    faults: listedFaults(faults),
    ...silent,
  });
  return {
    clock,
    tables,
    unexpected,
    release: (more: object = {}) => releaseStock({ orderId: 'order-1', ...more }, invocation()),
    row: () => tables.get('orders', { orderId: 'order-1' }),
    stock: async () => [await tables.get('stock', { sku: 'book' }), await tables.get('stock', { sku: 'lamp' })],
  };
}

const untouched = [
  { sku: 'book', onHand: 8, held: 2, sold: 0 },
  { sku: 'lamp', onHand: 4, held: 1, sold: 0 },
];
const givenBack = [
  { sku: 'book', onHand: 10, held: 0, sold: 0 },
  { sku: 'lamp', onHand: 5, held: 0, sold: 0 },
];

describe('release-stock', () => {
  it('gives the held pieces back once, however often it is asked', async () => {
    const { release, row, stock } = await setUp(held);
    expect(await release()).toEqual({ outcome: 'released' });
    expect(await release()).toEqual({ outcome: 'released' });
    expect(await row()).toMatchObject({ status: 'OrderCancelling', reservation: 'released' });
    expect(await stock()).toEqual(givenBack);
  });

  it.each([
    undefined,
    { orderId: 'order-1', status: 'OrderAccepted' },
    { orderId: 'order-1', status: 'OrderCancelling' },
  ])('fences the row %j, so that a late reservation fails its condition', async (order) => {
    const { release, row, stock } = await setUp(order);
    expect(await release()).toEqual({ outcome: 'fenced' });
    expect(await row()).toMatchObject({ status: 'OrderCancelling', reservation: 'released' });
    expect(await stock()).toEqual(untouched);
  });

  it('leaves a rejected order as it is', async () => {
    const { release, row } = await setUp({ orderId: 'order-1', status: 'OrderRejected', reason: 'OutOfStock' });
    expect(await release()).toEqual({ outcome: 'fenced' });
    expect(await row()).toEqual({ orderId: 'order-1', status: 'OrderRejected', reason: 'OutOfStock' });
  });

  it('releases a reservation that lands between its reading and its fence', async () => {
    const { release, tables, row, stock } = await setUp(undefined);
    tables.beforeSend = async (operation) => {
      if (operation === 'UpdateItem') await tables.put('orders', held);
      if (operation === 'UpdateItem') tables.beforeSend = undefined;
    };
    expect(await release()).toEqual({ outcome: 'released' });
    expect(await row()).toMatchObject({ reservation: 'released' });
    expect(await stock()).toEqual(givenBack);
  });

  it('gives the pieces back once when another release overtakes it', async () => {
    const { release, tables, stock } = await setUp(held);
    tables.beforeSend = async (operation) => {
      if (operation !== 'TransactWriteItems') return;
      tables.beforeSend = undefined;
      await release();
    };
    expect(await release()).toEqual({ outcome: 'released' });
    expect(await stock()).toEqual(givenBack);
  });

  it('fails with StockContended when another order changes the same stock, and leaves everything as it was', async () => {
    const { release, clock, row, stock } = await setUp(held, { transactionMilliseconds: 5 });
    const both = [release(), release()].map((one) => one.catch((error: Error) => error.name));
    await clock.simulated.turn(20);
    expect((await Promise.all(both)).sort()).toEqual(['StockContended', { outcome: 'released' }].sort());
    expect(await row()).toMatchObject({ reservation: 'released' });
    expect(await stock()).toEqual(givenBack);
  });

  it.each([
    { ...held, reservation: 'sold', status: 'OrderConfirmed' },
    { ...held, status: 'OrderConfirmed' },
  ])('rejects an order whose stock is sold: %j', async (order) => {
    const { release, stock } = await setUp(order);
    await expect(release()).rejects.toMatchObject({ name: 'ReleaseRefused' });
    expect(await stock()).toEqual(untouched);
  });

  it('rejects a release of more pieces than the stock row holds, and changes nothing', async () => {
    const { release, row, stock } = await setUp({ ...held, lines: [held.lines[1], { sku: 'book', quantity: 3 }] });
    await expect(release()).rejects.toMatchObject({ name: 'ReleaseRefused', message: expect.stringContaining('book') });
    expect(await row()).toMatchObject({ reservation: 'held' });
    expect(await stock()).toEqual(untouched);
  });

  it('fails with StockContended when the row never stands still', async () => {
    const { release, tables } = await setUp(undefined);
    tables.beforeSend = async (operation) => {
      if (operation === 'UpdateItem') await tables.put('orders', { ...held, status: 'OrderReserved' });
      if (operation === 'TransactWriteItems')
        await tables.put('orders', { orderId: 'order-1', status: 'OrderAccepted' });
    };
    await expect(release()).rejects.toMatchObject({ name: 'StockContended' });
  });

  it.each([
    ['decline', 'ReleaseRefused', 'held'],
    ['errorBeforeEffect', 'StockContended', 'held'],
    ['throttled', 'StockContended', 'held'],
    ['timeoutAfterEffect', 'StockContended', 'released'],
  ] as const)('fails on the fault %s with %s', async (fault, name, reservation) => {
    const { release, row } = await setUp(held, { faults: { releaseStock: [fault] } });
    await expect(release()).rejects.toMatchObject({ name });
    expect(await row()).toMatchObject({ reservation });
    expect(await release()).toEqual({ outcome: 'released' });
  });

  it('releases after a while on the fault slow', async () => {
    const { release, clock, row } = await setUp(held, { faults: { releaseStock: ['slow'] } });
    const releasing = release();
    await clock.simulated.turn(4999);
    expect(await row()).toMatchObject({ reservation: 'held' });
    await clock.simulated.turn(1);
    expect(await releasing).toEqual({ outcome: 'released' });
  });

  it.each<[string, object, string[]]>([
    ['something that broke', { failure: 'States.Timeout', release: 'abc' }, ['abc']],
    ['a payment that was declined', { failure: 'PaymentDeclined', release: 'abc' }, []],
    ['an approval that was refused', { failure: 'ApprovalRejected', release: 'abc' }, []],
    ['a reason that is not given', { release: 'abc' }, ['abc']],
    ['a release that has no id', { failure: 'States.Timeout' }, []],
  ])('counts an undo against its release after %s', async (_, payload, counted) => {
    const { release, unexpected } = await setUp(held);
    await release(payload);
    expect(unexpected).toEqual(counted);
  });

  it('counts no undo that has failed', async () => {
    const { release, unexpected } = await setUp({ ...held, reservation: 'sold' });
    await expect(release({ failure: 'States.Timeout', release: 'abc' })).rejects.toThrow('is sold');
    expect(unexpected).toEqual([]);
  });
});
