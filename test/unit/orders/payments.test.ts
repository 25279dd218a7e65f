import { invocation } from '../shared/turned-clock';
import { chargeOrder, createPaymentRoom, refundOrder } from './ports/payment-room';

/** The name of what a promise is rejected with, or its value. */
const outcomeOf = (promise: Promise<unknown>) => promise.catch((error: Error) => error.name);

describe('charge-payment', () => {
  it('captures the money once, with three calls of the tables', async () => {
    const room = await createPaymentRoom();
    expect(await room.charge(chargeOrder, invocation())).toEqual({ paymentId: 'order-1' });
    expect(room.tables.sent).toEqual(['PutItem', 'PutItem', 'UpdateItem']);
    await room.charge(chargeOrder, invocation());
    expect(await room.ledger()).toMatchObject({ state: 'captured', amountCents: 2500, captures: 1, refunds: 0 });
  });

  it.each([
    ['decline', 'PaymentDeclined'],
    ['errorBeforeEffect', 'PaymentProviderUnavailable'],
    ['throttled', 'PaymentThrottled'],
  ] as const)('fails before any effect on the fault %s with %s, and a retry captures once', async (fault, name) => {
    const room = await createPaymentRoom({ charge: [fault] });
    expect(await outcomeOf(room.charge(chargeOrder, invocation()))).toBe(name);
    expect(await room.ledger()).toBeUndefined();
    await room.charge(chargeOrder, invocation());
    expect(await room.ledger()).toMatchObject({ state: 'captured', captures: 1 });
  });

  it('fails with PaymentTimedOut when the answer is lost after the effect, and a retry finds the payment', async () => {
    const room = await createPaymentRoom({ charge: ['timeoutAfterEffect', 'decline'] });
    const first = outcomeOf(room.charge(chargeOrder, invocation()));
    await room.clock.simulated.turn(1000);
    expect(await first).toBe('PaymentTimedOut');
    expect(await room.ledger()).toMatchObject({ state: 'captured' });
    // The second charge would be declined: it must not be asked for.
    expect(await room.charge(chargeOrder, invocation())).toEqual({ paymentId: 'order-1' });
    expect(await room.ledger()).toMatchObject({ captures: 1 });
  });

  it('looks up before it charges when the invocation before it died', async () => {
    const room = await createPaymentRoom({ charge: [undefined, 'decline'] });
    // The ledger is written, then the invocation dies: its record stays in progress.
    room.tables.beforeSend = (operation) => (operation === 'UpdateItem' ? new Promise(() => undefined) : undefined);
    void room.charge(chargeOrder, invocation(3000));
    await room.clock.simulated.turn(3001);
    room.tables.beforeSend = undefined;
    expect(await room.charge(chargeOrder, invocation())).toEqual({ paymentId: 'order-1' });
    expect(room.tables.sent.slice(-3)).toEqual(['PutItem', 'GetItem', 'UpdateItem']);
  });

  it('gives up on a slow provider at its own deadline although the effect lands later', async () => {
    const room = await createPaymentRoom({ charge: ['slow'] });
    const first = outcomeOf(room.charge(chargeOrder, invocation()));
    await room.clock.simulated.turn(1000);
    expect(await first).toBe('PaymentTimedOut');
    expect(await room.ledger()).toBeUndefined();
    await room.clock.simulated.turn(5000);
    expect(await room.ledger()).toMatchObject({ state: 'captured', captures: 1 });
  });

  it('rejects another amount under the same order', async () => {
    const room = await createPaymentRoom();
    await room.charge(chargeOrder, invocation());
    const other = room.charge({ ...chargeOrder, totalCents: 1 }, invocation());
    expect(await outcomeOf(other)).toBe('InvalidInput');
    expect(await room.ledger()).toMatchObject({ amountCents: 2500 });
  });

  it.each([
    [{}, /orderId/],
    [{ ...chargeOrder, totalCents: '2500' }, /totalCents must be a number; got "2500"/],
    [{ ...chargeOrder, totalCents: -1 }, /totalCents must not be negative; got -1/],
    [null, /the input/],
  ])('rejects the payload %j as InvalidInput', async (payload, message) => {
    const room = await createPaymentRoom();
    const charging = room.charge(payload, invocation());
    await expect(charging).rejects.toMatchObject({ name: 'InvalidInput', message: expect.stringMatching(message) });
    expect(room.tables.sent).toEqual([]);
  });
});

describe('refund-payment', () => {
  it('refunds a captured payment once', async () => {
    const room = await createPaymentRoom();
    await room.charge(chargeOrder, invocation());
    expect(await room.refund(refundOrder, invocation())).toEqual({ outcome: 'refunded' });
    expect(await room.refund(refundOrder, invocation())).toEqual({ outcome: 'refunded' });
    expect(await room.ledger()).toMatchObject({ state: 'refunded', captures: 1, refunds: 1 });
  });

  it('voids a payment that never was, so that a late charge fails', async () => {
    const room = await createPaymentRoom();
    expect(await room.refund(refundOrder, invocation())).toEqual({ outcome: 'voided' });
    expect(await outcomeOf(room.charge(chargeOrder, invocation()))).toBe('StepFenced');
    expect(await room.ledger()).toMatchObject({ state: 'voided', captures: 0, refunds: 0 });
  });

  it('stops a charge that is under way between its record and the provider', async () => {
    const room = await createPaymentRoom();
    let resume!: () => void;
    const held = new Promise<void>((resolve) => {
      resume = resolve;
    });
    room.tables.beforeSend = (_operation, input) => (input.TableName === 'payments' ? held : undefined);
    const charging = outcomeOf(room.charge(chargeOrder, invocation()));
    await room.clock.simulated.turn(1);
    room.tables.beforeSend = undefined;
    await room.refund(refundOrder, invocation());
    resume();
    expect(await charging).toBe('StepFenced');
    expect(await room.ledger()).toMatchObject({ state: 'voided', captures: 0 });
  });

  it('stops a slow charge whose effect lands after the refund', async () => {
    const room = await createPaymentRoom({ charge: ['slow'] });
    const charging = outcomeOf(room.charge(chargeOrder, invocation()));
    await room.clock.simulated.turn(1000);
    expect(await charging).toBe('PaymentTimedOut');
    await room.refund(refundOrder, invocation());
    await room.clock.simulated.turn(10_000);
    expect(await room.ledger()).toMatchObject({ state: 'voided', captures: 0 });
  });

  it('fails for good with RefundRefused, and the fence stays', async () => {
    const room = await createPaymentRoom({ refund: ['decline'] });
    await room.charge(chargeOrder, invocation());
    expect(await outcomeOf(room.refund(refundOrder, invocation()))).toBe('RefundRefused');
    expect(await outcomeOf(room.charge(chargeOrder, invocation()))).toBe('StepFenced');
  });

  it('refunds once although the answer of the first refund is lost', async () => {
    const room = await createPaymentRoom({ refund: ['timeoutAfterEffect'] });
    await room.charge(chargeOrder, invocation());
    const first = outcomeOf(room.refund(refundOrder, invocation()));
    await room.clock.simulated.turn(1000);
    expect(await first).toBe('PaymentTimedOut');
    expect(await room.refund(refundOrder, invocation())).toEqual({ outcome: 'refunded' });
    expect(await room.ledger()).toMatchObject({ refunds: 1 });
  });
});
