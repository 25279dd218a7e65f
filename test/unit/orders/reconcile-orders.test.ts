import { createDynamoReconciliationBook } from '../../../lambdas/orders/adapters/dynamo-reconciliation-book';
import { createDynamoWaitingOrders } from '../../../lambdas/orders/adapters/dynamo-waiting-orders';
import type { Order } from '../../../lambdas/orders/domain/order';
import { createReconcileOrders } from '../../../lambdas/orders/domain/reconcile-orders';
import { createStartAgain } from '../../../lambdas/orders/domain/start-again';
import { createUndoDeadOrder } from '../../../lambdas/orders/domain/undo-dead-order';
import { keptMeter } from '../../support/kept-meter';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { turnedClock } from '../shared/turned-clock';
import { memoryBus, memoryOrders, memoryQueue, memoryWorkflow, silent } from './ports/memory-ports';

const AFTER_SECONDS = 900;
const LONG_AGO_MS = 7_200_000;

async function setUp() {
  const clock = turnedClock();
  const tables = await createEmbeddedTables(clock.simulated);
  const orders = memoryOrders();
  const bus = memoryBus();
  const undo = memoryWorkflow();
  const review = memoryQueue();
  const executions = new Map<string, { status: string; stoppedAt?: number }>();
  const running: string[] = [];
  const reviewed: string[] = [];
  const { meter, counted } = keptMeter();
  const needsReview = async (orderId: string) => void reviewed.push(orderId);
  const book = createDynamoReconciliationBook({ client: tables.client, tableName: 'idempotency', clock });
  const run = createReconcileOrders({
    waiting: createDynamoWaitingOrders({ client: tables.client, tableName: 'orders', indexName: 'waiting' }),
    executions: {
      running: async () => new Set(running),
      async *died() {
        for (const name of executions.keys()) yield name.split('.')[0]!;
      },
      find: async (orderId, attempt) => {
        const name = attempt === 0 ? orderId : `${orderId}.undo${attempt}`;
        const found = executions.get(name);
        return found && { executionArn: `arn:${name}`, ...found };
      },
    },
    orders,
    undoDeadOrder: createUndoDeadOrder({ orders: { ...orders, needsReview }, undo, review, ...silent }),
    startAgain: createStartAgain({ bus, book, review, ...silent }),
    clock,
    afterSeconds: AFTER_SECONDS,
    machineTimeoutSeconds: 3600,
    log: silent.log,
    meter,
  });
  const ago = (ms: number) => new Date(clock.now() - ms).toISOString();
  return {
    ...{ orders, bus, undo, review, executions, running, reviewed, counted, clock },
    /** A row that waits; the index is the table's own. */
    async waits(orderId: string, row: Partial<Order> = {}, sinceMs = LONG_AGO_MS) {
      const order: Order = { orderId, status: 'OrderReserved', waitingSince: ago(sinceMs), ...row };
      orders.rows.set(orderId, order);
      await tables.put('orders', order);
    },
    died: (name: string, agoMs = LONG_AGO_MS) =>
      executions.set(name, { status: 'ABORTED', stoppedAt: clock.now() - agoMs }),
    run: (remainingMs = 300_000) => run({}, { awsRequestId: 'r', getRemainingTimeInMillis: () => remainingMs }),
  };
}

describe('reconcile-orders', () => {
  it('undoes an order whose execution died unheard', async () => {
    const { waits, died, undo, counted, run } = await setUp();
    await waits('o-1');
    died('o-1');
    expect(await run()).toEqual({ orphansFound: 1, orphansRepaired: 1, isComplete: true });
    expect(undo.started.get('o-1.undo1')).toMatchObject({
      orderId: 'o-1',
      failure: { Error: 'Execution.ABORTED', step: 'Execution' },
      undoFailures: [],
    });
    expect(counted).toMatchObject({ OrphansFound: 1, OrphansRepaired: 1 });
  });

  it('starts the next undo after one that died, and asks a person after three', async () => {
    const { waits, died, undo, review, reviewed, run } = await setUp();
    await waits('two');
    for (const name of ['two', 'two.undo1', 'two.undo2']) died(name);
    await waits('three', { status: 'OrderCancelling' });
    for (const name of ['three', 'three.undo1', 'three.undo2', 'three.undo3']) died(name);
    expect(await run()).toMatchObject({ orphansFound: 2, orphansRepaired: 1 });
    expect([...undo.started.keys()]).toEqual(['two.undo3']);
    expect(reviewed).toEqual(['three']);
    expect(JSON.parse(review.messages[0]!.body)).toMatchObject({ orderId: 'three', executionArn: 'arn:three.undo3' });
  });

  it('undoes also an order that died before it had a row', async () => {
    const { died, undo, run } = await setUp();
    died('rowless');
    await run();
    expect(undo.started.has('rowless.undo1')).toBe(true);
  });

  it('undoes a reserved order whose execution is gone altogether', async () => {
    const { waits, undo, run } = await setUp();
    await waits('o-1');
    await run();
    expect(undo.started.get('o-1.undo1').failure.Error).toBe('Execution.GONE');
  });

  it('leaves alone what runs, however long it waits', async () => {
    const { waits, running, executions, undo, run } = await setUp();
    await waits('asks', {}, 30 * 24 * 3_600_000);
    running.push('asks');
    await waits('just-started');
    executions.set('just-started', { status: 'RUNNING' });
    expect(await run()).toEqual({ orphansFound: 0, orphansRepaired: 0, isComplete: true });
    expect(undo.started.size).toBe(0);
  });

  it('leaves alone what died a moment ago, whose status event is on its way, and what waits for a moment', async () => {
    const { waits, died, undo, bus, run } = await setUp();
    await waits('o-1');
    died('o-1', 60_000);
    await waits('young', { status: 'OrderAccepted' }, 60_000);
    await run();
    expect([undo.started.size, bus.events.length]).toEqual([0, 0]);
  });

  it.each(['OrderConfirmed', 'OrderRejected', 'OrderCompensated', 'OrderNeedsReview'] as const)(
    'leaves an order alone that is %s, though its execution died and the index lags behind',
    async (status) => {
      const { waits, died, undo, review, run } = await setUp();
      await waits('o-1', { status });
      died('o-1');
      await run();
      expect(undo.started.size + review.messages.length).toBe(0);
    },
  );

  it('sends the event of an accepted order again, as its API did, then tells a person, each once', async () => {
    const { waits, bus, review, undo, run } = await setUp();
    const lines = [{ sku: 'CUP', quantity: 2, unitPriceCents: 100 }];
    const row = {
      owner: 'role/shop',
      currency: 'EUR',
      customer: { name: 'Ann' },
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    await waits('o-1', { status: 'OrderAccepted', lines, ...row });
    expect(await run()).toMatchObject({ orphansRepaired: 1 });
    expect(await run()).toMatchObject({ orphansFound: 1, orphansRepaired: 0 });
    expect(await run()).toMatchObject({ orphansFound: 0 });
    expect(bus.events).toEqual([
      {
        source: 'stepwright.api',
        detailType: 'OrderPlaced',
        detail: {
          ...{ orderId: 'o-1', lines: [{ sku: 'CUP', quantity: 2 }], customer: { name: 'Ann' }, currency: 'EUR' },
          ...{ owner: 'role/shop', correlationId: 'o-1', placedAt: '2026-01-01T00:00:00.000Z' },
        },
      },
    ]);
    expect(review.messages.map(({ body }) => JSON.parse(body).failure.Error)).toEqual(['OrderNeverStarted']);
    expect(undo.started.size).toBe(0);
  });

  it('goes on past an order that fails, and fails at the end', async () => {
    const { waits, died, bus, undo, run } = await setUp();
    await waits('a-accepted', { status: 'OrderAccepted' });
    bus.refusals = 1;
    await waits('b-dead');
    died('b-dead');
    await expect(run()).rejects.toMatchObject({ name: 'ReconciliationIncomplete', message: /^1 orders failed/ });
    expect(undo.started.has('b-dead.undo1')).toBe(true);
  });

  it('stops when its time is nearly up, and says so', async () => {
    const { waits, undo, run } = await setUp();
    await waits('o-1');
    expect(await run(10_000)).toMatchObject({ isComplete: false });
    expect(undo.started.size).toBe(0);
  });
});
