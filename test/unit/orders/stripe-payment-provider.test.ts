import Stripe from 'stripe';
import { PaymentReferences } from '../../../lambdas/orders/adapters/payment-references';
import { createStripePaymentProvider } from '../../../lambdas/orders/adapters/stripe-payment-provider';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { turnedClock } from '../shared/turned-clock';
import { StripeServer } from './ports/stripe-server';

const charge = { key: 'order-1', amountCents: 2500, currency: 'EUR' };

let server: StripeServer;
let provider: ReturnType<typeof createStripePaymentProvider>;

beforeEach(async () => {
  server = new StripeServer();
  const port = await server.listen();
  const clock = turnedClock();
  const tables = await createEmbeddedTables(clock.simulated);
  const stripe = new Stripe('sk_test_1', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
  provider = createStripePaymentProvider({
    stripe: async () => stripe,
    references: new PaymentReferences({ client: tables.client, tableName: 'idempotency', clock }),
    paymentMethod: 'pm_card_visa',
  });
});

afterEach(() => server.close());

describe('the Stripe payment provider', () => {
  it('creates an intent, then confirms it, and says so when asked', async () => {
    expect(await provider.lookup('order-1')).toBeUndefined();
    expect(await provider.charge(charge)).toEqual({ paymentId: 'pi_1' });
    expect(server.requests).toEqual(['POST /v1/payment_intents', 'POST /v1/payment_intents/pi_1/confirm']);
    expect(server.intents.get('pi_1')!.params).toMatchObject({
      amount: '2500',
      currency: 'eur',
      payment_method: 'pm_card_visa',
      'metadata[orderId]': 'order-1',
      'metadata[ledger]': 'idempotency',
    });
    expect(await provider.lookup('order-1')).toEqual({ paymentId: 'pi_1', state: 'captured' });
  });

  it('captures once, however often it is asked', async () => {
    await provider.charge(charge);
    expect(await provider.charge(charge)).toEqual({ paymentId: 'pi_1' });
    expect(server.captures).toBe(1);
  });

  it.each(['/v1/payment_intents', '/confirm'])('captures once when the answer of %s is lost', async (path) => {
    // The package itself sends once more when a connection breaks, whatever it is told.
    server.misbehaviours.push({ path, kind: 'lose_answer' }, { path, kind: 'lose_answer' });
    await expect(provider.charge(charge)).rejects.toMatchObject({ name: 'PaymentTimedOut' });
    expect(await provider.charge(charge)).toEqual({ paymentId: 'pi_1' });
    expect(server.captures).toBe(1);
    expect(server.intents.size).toBe(1);
  });

  it.each([
    ['card_declined', 'PaymentDeclined'],
    ['rate_limit', 'PaymentThrottled'],
    ['server_error', 'PaymentProviderUnavailable'],
    ['invalid_key', 'PaymentProviderUnavailable'],
  ] as const)('fails on %s with %s, and a retry captures once', async (kind, name) => {
    server.misbehaviours.push({ path: '/confirm', kind });
    await expect(provider.charge(charge)).rejects.toMatchObject({ name });
    await provider.charge(charge);
    expect(server.captures).toBe(1);
  });

  it('refunds a captured payment once', async () => {
    await provider.charge(charge);
    expect(await provider.refund('order-1')).toEqual({ outcome: 'refunded' });
    expect(await provider.refund('order-1')).toEqual({ outcome: 'refunded' });
    expect(server).toMatchObject({ captures: 1, refunds: 1 });
    expect(await provider.lookup('order-1')).toMatchObject({ state: 'refunded' });
    await expect(provider.charge(charge)).rejects.toMatchObject({ name: 'StepFenced' });
  });

  it('voids a key that was never charged, so that a late charge never confirms', async () => {
    expect(await provider.refund('order-1')).toEqual({ outcome: 'voided' });
    await expect(provider.charge(charge)).rejects.toMatchObject({ name: 'StepFenced' });
    expect(await provider.lookup('order-1')).toMatchObject({ state: 'voided' });
    expect(server.captures).toBe(0);
  });

  it('never confirms an intent whose key is voided while it is created', async () => {
    server.before = async (path) => {
      server.before = undefined;
      if (path === '/v1/payment_intents') await provider.refund('order-1');
    };
    await expect(provider.charge(charge)).rejects.toMatchObject({ name: 'StepFenced' });
    expect(server.captures).toBe(0);
  });

  it('cancels an intent before it is confirmed, so that the late confirmation fails', async () => {
    server.before = async (path) => {
      if (!path.endsWith('/confirm')) return;
      server.before = undefined;
      expect(await provider.refund('order-1')).toEqual({ outcome: 'voided' });
    };
    await expect(provider.charge(charge)).rejects.toMatchObject({ name: 'StepFenced' });
    expect(server).toMatchObject({ captures: 0, refunds: 0 });
  });

  it('refunds an intent that is confirmed while it is being cancelled', async () => {
    server.misbehaviours.push({ path: '/confirm', kind: 'server_error' });
    await expect(provider.charge(charge)).rejects.toMatchObject({ name: 'PaymentProviderUnavailable' });
    server.before = async (path) => {
      if (!path.endsWith('/cancel')) return;
      server.before = undefined;
      await provider.charge(charge);
    };
    expect(await provider.refund('order-1')).toEqual({ outcome: 'refunded' });
    expect(server).toMatchObject({ captures: 1, refunds: 1 });
  });

  it('takes a payment that was refunded by somebody else as refunded', async () => {
    await provider.charge(charge);
    server.intents.get('pi_1')!.isRefunded = true;
    expect(await provider.refund('order-1')).toEqual({ outcome: 'refunded' });
  });

  it('fails while Stripe is processing the payment, so that it is looked up later', async () => {
    server.before = (path) => {
      if (path.endsWith('/confirm')) server.intents.get('pi_1')!.status = 'processing';
    };
    await expect(provider.charge(charge)).rejects.toMatchObject({ name: 'PaymentProviderUnavailable' });
    expect(await provider.lookup('order-1')).toBeUndefined();
  });

  it('lists what it has taken in a time, page by page, and nothing of other programs', async () => {
    const window = { from: '1970-01-01T00:16:40.000Z', until: '1970-01-01T00:33:20.000Z' };
    for (const key of ['order-1', 'order-2', 'order-3']) await provider.charge({ ...charge, key });
    await provider.refund('order-2');
    server.intents.get('pi_3')!.params['metadata[ledger]'] = 'of another deployment';
    server.now = 2_000;
    await provider.charge({ ...charge, key: 'order-4' });

    const first = await provider.listCharges(window);
    const about = { amountCents: 2500, currency: 'EUR', createdAt: '1970-01-01T00:16:40.000Z' };
    expect(first.charges).toEqual([{ key: 'order-2', paymentId: 'pi_2', state: 'refunded', ...about }]);
    expect(await provider.listCharges({ ...window, cursor: first.cursor })).toEqual({
      charges: [{ key: 'order-1', paymentId: 'pi_1', state: 'captured', ...about }],
      cursor: undefined,
    });
  });

  it('lists no intent that was never confirmed: no money has moved', async () => {
    server.misbehaviours.push({ path: '/confirm', kind: 'card_declined' });
    await expect(provider.charge(charge)).rejects.toMatchObject({ name: 'PaymentDeclined' });
    const window = { from: '1970-01-01T00:00:00.000Z', until: '1970-01-02T00:00:00.000Z' };
    expect((await provider.listCharges(window)).charges).toEqual([]);
  });
});
