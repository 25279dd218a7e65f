import { createDynamoReconciliationBook } from '../../../lambdas/orders/adapters/dynamo-reconciliation-book';
import { createLedgerPaymentProvider } from '../../../lambdas/orders/adapters/ledger-payment-provider';
import { RefundRefused } from '../../../lambdas/orders/contracts/errors';
import type { Order } from '../../../lambdas/orders/domain/order';
import type { PaymentProvider } from '../../../lambdas/orders/domain/payment-provider';
import { createReconcilePayments } from '../../../lambdas/orders/domain/reconcile-payments';
import { createDynamoStepGuard } from '../../../lambdas/shared/idempotency/dynamo-step-guard';
import { keptMeter } from '../../support/kept-meter';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { turnedClock } from '../shared/turned-clock';
import { memoryOrders, memoryQueue, silent } from './ports/memory-ports';

const AFTER_SECONDS = 900;
const HOUR_MS = 3_600_000;

async function setUp(change: (payments: PaymentProvider) => Partial<PaymentProvider> = () => ({})) {
  const clock = turnedClock();
  const tables = await createEmbeddedTables(clock.simulated);
  const { client } = tables;
  const ledger = createLedgerPaymentProvider({ client, tableName: 'payments', clock });
  const orders = memoryOrders();
  const review = memoryQueue();
  const { meter, counted } = keptMeter();
  const run = createReconcilePayments({
    payments: { ...ledger, ...change(ledger) },
    steps: createDynamoStepGuard({ client, tableName: 'idempotency', clock, newOwner: () => 'owner' }),
    orders,
    book: createDynamoReconciliationBook({ client, tableName: 'idempotency', clock }),
    review,
    clock,
    afterSeconds: AFTER_SECONDS,
    log: silent.log,
    meter,
  });
  return {
    ...{ ledger, clock, tables, orders, counted },
    reports: () => review.messages.map(({ body }) => JSON.parse(body)),
    payment: async (paymentKey: string) => tables.get('payments', { paymentKey }),
    order: (orderId: string, row: Partial<Order>) =>
      orders.rows.set(orderId, { orderId, status: 'OrderConfirmed', totalCents: 2500, currency: 'EUR', ...row }),
    charge: (key: string) => ledger.charge({ key, amountCents: 2500, currency: 'EUR' }),
    later: (ms = HOUR_MS) => clock.simulated.turn(ms),
    run: () => run({}, { awsRequestId: 'r', getRemainingTimeInMillis: () => 300_000 }),
  };
}

describe('reconcile-payments', () => {
  it.each([
    ['rejected', { status: 'OrderRejected' as const }],
    ['compensated', { status: 'OrderCompensated' as const }],
    ['not there', undefined],
  ])('gives back what was taken for an order that is %s, once, and fences the charge', async (_what, row) => {
    const { order, charge, later, payment, tables, counted, run } = await setUp();
    if (row) order('o-1', row);
    await charge('o-1');
    await later();
    expect(await run()).toMatchObject({ orphansFound: 1, orphansRepaired: 1, moneyMismatches: 0 });
    await run();
    expect(await payment('o-1')).toMatchObject({ state: 'refunded', captures: 1, refunds: 1 });
    expect(await tables.get('idempotency', { id: 'ChargePayment#o-1' })).toBeDefined();
    expect(counted).toMatchObject({ OrphansFound: 1, OrphansRepaired: 1 });
  });

  it('finds nothing in charges that agree with their orders, or whose order a person has', async () => {
    const { order, charge, later, payment, reports, run } = await setUp();
    order('o-1', {});
    order('o-2', { status: 'OrderNeedsReview' });
    await charge('o-1');
    await charge('o-2');
    await later();
    expect(await run()).toMatchObject({ orphansFound: 0, moneyMismatches: 0 });
    expect([(await payment('o-1'))?.state, (await payment('o-2'))?.state]).toEqual(['captured', 'captured']);
    expect(reports()).toEqual([]);
  });

  it.each([
    ['AmountDiffers', { totalCents: 2600 }, 'captured'],
    ['CurrencyDiffers', { currency: 'USD' }, 'captured'],
    ['ConfirmedWithoutCharge', {}, 'refunded'],
  ])('tells a person of %s, once, and touches no money', async (error, row, state) => {
    const { ledger, clock, order, charge, later, payment, reports, counted, tables, run } = await setUp();
    order('o-1', row);
    await charge('o-1');
    if (state === 'refunded') await ledger.refund('o-1');
    await later();
    await run();
    const moment = new Date(clock.now() - 2 * HOUR_MS).toISOString();
    await tables.put('idempotency', { id: 'Reconciliation#comparedUntil', moment });
    await run();
    expect(reports()).toEqual([
      {
        orderId: 'o-1',
        failure: { Error: error, Cause: expect.stringContaining('o-1'), step: 'ReconcilePayments' },
        undoFailures: [],
        payment: { paymentId: 'o-1', state, amountCents: 2500, currency: 'EUR' },
      },
    ]);
    expect(await payment('o-1')).toMatchObject({ state });
    expect(counted.MoneyMismatch).toBe(1);
  });

  it('comes back to a charge until its order has its end', async () => {
    const { order, charge, later, payment, run } = await setUp();
    order('o-1', { status: 'OrderCancelling' });
    await charge('o-1');
    await later(5 * HOUR_MS);
    expect(await run()).toMatchObject({ orphansFound: 0 });
    order('o-1', { status: 'OrderCompensated' });
    await later(5 * HOUR_MS);
    expect(await run()).toMatchObject({ orphansRepaired: 1 });
    expect((await payment('o-1'))?.state).toBe('refunded');
  });

  it('leaves young charges to the workflow, and compares each once', async () => {
    const listed: string[] = [];
    const { order, charge, later, run } = await setUp((payments) => ({
      async listCharges(window) {
        const page = await payments.listCharges(window);
        listed.push(...page.charges.map(({ key }) => key));
        return page;
      },
    }));
    order('o-1', {});
    await charge('o-1');
    await later(60_000);
    await run();
    expect(listed).toEqual([]);
    for (let hours = 0; hours < 3; hours++) {
      await later();
      await run();
    }
    expect(listed).toEqual(['o-1']);
  });

  it('tells a person of a refund that the provider refuses', async () => {
    const { charge, later, reports, run } = await setUp(() => ({
      refund: async () => {
        throw new RefundRefused('no');
      },
    }));
    await charge('o-1');
    await later();
    expect(await run()).toMatchObject({ orphansRepaired: 0, moneyMismatches: 1 });
    expect(reports()[0].failure).toEqual({ Error: 'RefundRefused', Cause: 'no', step: 'ReconcilePayments' });
  });

  it('does not give back a payment that is not the one taken for the order: a person is told', async () => {
    const { charge, later, payment, reports, run } = await setUp(() => ({
      lookup: async () => ({ paymentId: 'another', state: 'captured' }),
    }));
    await charge('o-1');
    await later();
    await run();
    expect(reports()[0].failure.Error).toBe('ChargeUnknown');
    expect((await payment('o-1'))?.state).toBe('captured');
  });

  it('goes on past a charge that fails, fails at the end, and begins there the next time', async () => {
    let isDown = true;
    const { charge, later, payment, run } = await setUp((payments) => ({
      lookup: async (key) => {
        if (key === 'o-1' && isDown) throw new Error('down');
        return payments.lookup(key);
      },
    }));
    await charge('o-1');
    await charge('o-2');
    await later(3 * HOUR_MS);
    await expect(run()).rejects.toMatchObject({ name: 'ReconciliationIncomplete' });
    expect((await payment('o-2'))?.state).toBe('refunded');
    isDown = false;
    await run();
    expect((await payment('o-1'))?.state).toBe('refunded');
  });
});
