import { guardCarrier } from '../../../lambdas/orders/adapters/guarded-carrier';
import { createLedgerCarrier } from '../../../lambdas/orders/adapters/ledger-carrier';
import { createCancelShipment } from '../../../lambdas/orders/domain/cancel-shipment';
import { createShipOrder } from '../../../lambdas/orders/domain/ship-order';
import { createDynamoStepGuard } from '../../../lambdas/shared/idempotency/dynamo-step-guard';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { invocation, turnedClock } from '../shared/turned-clock';
import { silent } from './ports/memory-ports';
import { listedFaults } from './ports/payment-room';

const shipment = {
  orderId: 'order-1',
  lines: [{ sku: 'book', quantity: 2, unitPriceCents: 1250 }],
  customer: { name: 'Anna' },
  correlationId: 'c',
};

async function setUp(lists: Parameters<typeof listedFaults>[0] = {}) {
  const clock = turnedClock();
  const tables = await createEmbeddedTables(clock.simulated);
  const { client } = tables;
  const steps = createDynamoStepGuard({ client, tableName: 'idempotency', clock });
  const carrier = guardCarrier(createLedgerCarrier({ client, tableName: 'shipments', clock }), {
    clock,
    deadlineMs: 1000,
    faults: listedFaults(lists),
  });
  return {
    clock,
    tables,
    ship: (payload: unknown = shipment) => createShipOrder({ carrier, steps, ...silent })(payload, invocation()),
    cancel: () => createCancelShipment({ carrier, steps, ...silent })({ orderId: 'order-1' }, invocation()),
    ledger: () => tables.get('shipments', { shipmentKey: 'order-1' }),
  };
}

const outcomeOf = (promise: Promise<unknown>) => promise.catch((error: Error) => error.name);

describe('ship-order', () => {
  it('books once, however often it is asked', async () => {
    const { ship, ledger } = await setUp();
    expect(await ship()).toEqual({ shipmentId: 'order-1' });
    expect(await ship()).toEqual({ shipmentId: 'order-1' });
    expect(await ledger()).toMatchObject({ state: 'booked', orderId: 'order-1', bookings: 1, cancellations: 0 });
  });

  it('keeps nothing of the customer', async () => {
    const { ship, ledger, tables } = await setUp();
    await ship();
    const record = await tables.get('idempotency', { id: 'ShipOrder#order-1' });
    expect(JSON.stringify([await ledger(), record])).not.toContain('Anna');
  });

  it.each([
    ['decline', 'CarrierRefused'],
    ['errorBeforeEffect', 'CarrierUnavailable'],
    ['throttled', 'CarrierThrottled'],
  ] as const)('fails before any effect on the fault %s with %s', async (fault, name) => {
    const { ship, ledger } = await setUp({ book: [fault] });
    expect(await outcomeOf(ship())).toBe(name);
    expect(await ledger()).toBeUndefined();
  });

  it('fails with CarrierTimedOut when the answer is lost, and a retry finds the shipment', async () => {
    const { ship, ledger, clock } = await setUp({ book: ['timeoutAfterEffect', 'decline'] });
    const first = outcomeOf(ship());
    await clock.simulated.turn(1000);
    expect(await first).toBe('CarrierTimedOut');
    expect(await ship()).toEqual({ shipmentId: 'order-1' });
    expect(await ledger()).toMatchObject({ bookings: 1 });
  });

  it.each([
    { ...shipment, lines: [] },
    { ...shipment, lines: [{ sku: 'book' }] },
    { ...shipment, orderId: 7 },
  ])('rejects the payload %j as InvalidInput', async (payload) => {
    const { ship } = await setUp();
    expect(await outcomeOf(ship(payload))).toBe('InvalidInput');
  });
});

describe('a payload that is rejected', () => {
  it('does not repeat the customer in the error, which stands in logs and histories', async () => {
    const { ship } = await setUp();
    const shipping = ship({ ...shipment, customer: { name: 'Anna\n', email: 'anna' } });
    const { message } = await shipping.then(
      () => new Error('not expected'),
      (error: Error) => error,
    );
    expect(message).toMatch(/customer\/name/);
    expect(message).not.toMatch(/anna/i);
  });
});

describe('cancel-shipment', () => {
  it('cancels a booked shipment once', async () => {
    const { ship, cancel, ledger } = await setUp();
    await ship();
    expect(await cancel()).toEqual({ outcome: 'cancelled' });
    expect(await cancel()).toEqual({ outcome: 'cancelled' });
    expect(await ledger()).toMatchObject({ state: 'cancelled', bookings: 1, cancellations: 1 });
  });

  it('voids a shipment that never was, so that a late booking fails', async () => {
    const { ship, cancel, ledger } = await setUp();
    expect(await cancel()).toEqual({ outcome: 'voided' });
    expect(await outcomeOf(ship())).toBe('StepFenced');
    expect(await ledger()).toMatchObject({ state: 'voided', bookings: 0 });
  });

  it('fails for good with CancellationRefused', async () => {
    const { cancel } = await setUp({ cancel: ['decline'] });
    expect(await outcomeOf(cancel())).toBe('CancellationRefused');
  });
});
