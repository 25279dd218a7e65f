import { createPlaceOrderApi } from '../../../lambdas/orders/adapters/place-order-api';
import { createPlaceOrder } from '../../../lambdas/orders/domain/place-order';
import type { StepGuard } from '../../../lambdas/shared/idempotency/step-guard';
import { invocation, turnedClock } from '../shared/turned-clock';
import { memoryBus, memoryCatalogue, memoryOrders, silent } from './ports/memory-ports';

const owner = { iam: { userArn: 'arn:aws:sts::123456789012:assumed-role/Clerk/anna' } };

/** Without an Idempotency-Key the guard is never asked. */
const unused: StepGuard = {
  once: () => Promise.reject(new Error('not expected')),
  fence: () => Promise.reject(new Error('not expected')),
};

function setUp() {
  const orders = memoryOrders();
  const bus = memoryBus();
  let ids = 0;
  const placeOrder = createPlaceOrder({
    catalogue: memoryCatalogue({ book: 1250, lamp: 4000 }),
    orders,
    bus,
    steps: unused,
    clock: turnedClock(),
    newOrderId: () => `random-${++ids}`,
    ...silent,
  });
  const api = createPlaceOrderApi(placeOrder, silent);
  const post = async (
    body: unknown,
    {
      headers = { 'content-type': 'application/json' } as Record<string, string>,
      authorizer = owner as unknown,
      isBase64Encoded = false,
    } = {},
  ) => {
    const answer = await api(
      {
        headers,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        isBase64Encoded,
        rawPath: '/orders',
        requestContext: { requestId: 'request-1', authorizer },
      },
      invocation(),
    );
    return { ...answer, json: JSON.parse(answer.body!) };
  };
  return { orders, bus, post };
}

const order = { lines: [{ sku: 'book', quantity: 2 }] };
const withCustomer = (customer: unknown) => ({ ...order, customer });

describe('POST /orders', () => {
  it.each<[string, string, string]>([
    ['its client’s', 'shop-4711', 'shop-4711'],
    ['the request’s, when the client’s cannot be one', 'two words', 'request-1'],
  ])('goes on under a correlation id: %s', async (_, given, taken) => {
    const { post, orders, bus } = setUp();
    const headers = { 'content-type': 'application/json', 'X-Correlation-Id': given };
    const answer = await post(order, { headers });
    expect(answer.headers).toMatchObject({ 'x-correlation-id': taken });
    expect(orders.rows.get('random-1')).toMatchObject({ correlationId: taken });
    expect(bus.events).toMatchObject([{ detail: { correlationId: taken } }]);
  });

  it('answers 202 with the id, the status and where to look', async () => {
    const { post, orders, bus } = setUp();
    const answer = await post({ ...order, customer: { name: 'Zoë O’Neill', email: 'zoe@example.com' } });
    expect(answer.statusCode).toBe(202);
    expect(answer.json).toEqual({ orderId: 'random-1', status: 'OrderAccepted', statusUrl: '/orders/random-1' });
    expect(answer.headers).toMatchObject({ location: '/orders/random-1' });
    expect(orders.rows.get('random-1')).toMatchObject({
      status: 'OrderAccepted',
      owner: 'arn:aws:iam::123456789012:role/Clerk',
      lines: [{ sku: 'book', quantity: 2, unitPriceCents: 1250 }],
      totalCents: 2500,
      currency: 'EUR',
    });
    expect(bus.events).toEqual([
      {
        source: 'stepwright.api',
        detailType: 'OrderPlaced',
        detail: {
          orderId: 'random-1',
          lines: [{ sku: 'book', quantity: 2 }],
          customer: { name: 'Zoë O’Neill', email: 'zoe@example.com' },
          currency: 'EUR',
          owner: 'arn:aws:iam::123456789012:role/Clerk',
          correlationId: 'request-1',
          placedAt: '2026-01-01T00:00:00.000Z',
        },
      },
    ]);
  });

  it('reads a body that arrives in base64 and a content type with a charset', async () => {
    const { post } = setUp();
    const body = Buffer.from(JSON.stringify(order)).toString('base64');
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    expect((await post(body, { headers, isBase64Encoded: true })).statusCode).toBe(202);
  });

  it('takes the id of the caller, and answers the same order under it again', async () => {
    const { post, orders, bus } = setUp();
    const first = await post({ ...order, orderId: 'mine-1' });
    const again = await post({ orderId: 'mine-1', lines: [1, 1].map((quantity) => ({ sku: 'book', quantity })) });
    expect([first.statusCode, again.statusCode]).toEqual([202, 202]);
    expect(again.json).toEqual(first.json);
    expect(orders.rows.size).toBe(1);
    // The first answer may never have reached the bus, so the event is put again; the execution's name stops it.
    expect(bus.events.map((event) => event.detail)).toMatchObject([{ orderId: 'mine-1' }, { orderId: 'mine-1' }]);
  });

  it('does not put the event of an order again that is already under way', async () => {
    const { post, orders, bus } = setUp();
    await post({ ...order, orderId: 'mine-1' });
    orders.rows.set('mine-1', { ...orders.rows.get('mine-1')!, status: 'OrderConfirmed' });
    expect((await post({ ...order, orderId: 'mine-1' })).statusCode).toBe(202);
    expect(bus.events).toHaveLength(1);
  });

  it('rejects an id that belongs to an order with other content or of another owner', async () => {
    const { post } = setUp();
    await post({ ...order, orderId: 'mine-1' });
    const other = await post({ lines: [{ sku: 'lamp', quantity: 1 }], orderId: 'mine-1' });
    const others = { iam: { userArn: 'arn:aws:iam::123456789012:user/eve' } };
    const stolen = await post({ ...order, orderId: 'mine-1' }, { authorizer: others });
    expect([other.statusCode, stolen.statusCode]).toEqual([409, 409]);
    expect(other.json).toMatchObject({
      type: 'urn:stepwright:problem:order-id-taken',
      status: 409,
      instance: '/orders',
    });
  });

  it('asks the client to come again when the bus refuses the event, and puts it then', async () => {
    const { post, bus } = setUp();
    bus.refusals = 1;
    const first = await post({ ...order, orderId: 'mine-1' });
    expect(first).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
    expect((await post({ ...order, orderId: 'mine-1' })).statusCode).toBe(202);
    expect(bus.events).toHaveLength(1);
  });

  it('rejects products that it does not know, each with a pointer', async () => {
    const { post, orders } = setUp();
    const lines = ['ghost', 'book', 'ghost'].map((sku) => ({ sku, quantity: 1 }));
    const answer = await post({ lines });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(answer.json).toMatchObject({
      type: 'urn:stepwright:problem:unknown-product',
      errors: [{ pointer: '/lines/0/sku' }, { pointer: '/lines/2/sku' }],
    });
    expect(orders.rows.size).toBe(0);
  });

  it('rejects lines of one product that exceed the limit together', async () => {
    const { post } = setUp();
    const answer = await post({ lines: [999, 2].map((quantity) => ({ sku: 'book', quantity })) });
    expect(answer).toMatchObject({ statusCode: 422, json: { type: 'urn:stepwright:problem:quantity-too-large' } });
  });

  it.each([
    ['{"lines": [', 400, 'malformed-json'],
    ['', 400, 'malformed-json'],
    [Buffer.from([0xff, 0x7b]).toString('base64'), 400, 'malformed-json', true],
  ])('rejects a body that is no JSON: %j', async (body, status, kind, isBase64Encoded = false) => {
    const answer = await setUp().post(body, { isBase64Encoded: isBase64Encoded as boolean });
    expect(answer).toMatchObject({ statusCode: status, json: { type: `urn:stepwright:problem:${kind}`, status } });
  });

  it('repeats no markup of a body that is no JSON', async () => {
    const answer = await setUp().post('<script>alert(1)</script>');
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toMatch(/[<>]/);
  });

  it.each([
    ['text/plain', 'text/plain'],
    ['none', ''],
  ])('rejects the content type %s', async (_name, contentType) => {
    const answer = await setUp().post(order, { headers: contentType ? { 'content-type': contentType } : {} });
    expect(answer).toMatchObject({ statusCode: 415, headers: { accept: 'application/json' } });
  });

  it('rejects a body of 256 KiB and a byte, and reads one of 256 KiB', async () => {
    const { post } = setUp();
    const padded = (bytes: number) => JSON.stringify(order).padEnd(bytes);
    expect(await post(padded(256 * 1024 + 1))).toMatchObject({ statusCode: 413, json: { status: 413 } });
    expect((await post(padded(256 * 1024))).statusCode).toBe(202);
  });

  const line = order.lines[0]!;
  it.each<[string, unknown, string]>([
    ['an array', [order], ''],
    ['null', null, ''],
    ['no lines', {}, '/lines'],
    ['empty lines', { lines: [] }, '/lines'],
    ['51 lines', { lines: Array(51).fill(line) }, '/lines'],
    ['an unknown field', { ...order, discount: 1 }, '/discount'],
    ['an unknown field of a line', { lines: [{ ...line, price: 1 }] }, '/lines/0/price'],
    ['__proto__ as a field', '{"lines":[{"sku":"book","quantity":1}],"__proto__":{"x":1}}', '/__proto__'],
    ['a quantity in text', { lines: [{ sku: 'book', quantity: '1' }] }, '/lines/0/quantity'],
    ['quantity 0', { lines: [{ sku: 'book', quantity: 0 }] }, '/lines/0/quantity'],
    ['a negative quantity', { lines: [{ sku: 'book', quantity: -1 }] }, '/lines/0/quantity'],
    ['a huge quantity', { lines: [{ sku: 'book', quantity: 1e300 }] }, '/lines/0/quantity'],
    ['quantity 1001', { lines: [{ sku: 'book', quantity: 1001 }] }, '/lines/0/quantity'],
    ['a broken quantity', { lines: [{ sku: 'book', quantity: 1.5 }] }, '/lines/0/quantity'],
    ['a sku with a slash', { lines: [{ sku: 'a/b', quantity: 1 }] }, '/lines/0/sku'],
    ['an order id with a dot', { ...order, orderId: 'a.undo1' }, '/orderId'],
    ['a currency in small letters', { ...order, currency: 'eur' }, '/currency'],
    ['CR LF in a name', withCustomer({ name: 'Anna\r\nBcc: eve@example.com' }), '/customer/name'],
    ['a line separator in a name', withCustomer({ name: 'a\u2028b' }), '/customer/name'],
    ['HTML in a name', withCustomer({ name: '<b>Anna</b>' }), '/customer/name'],
    ['an empty name', withCustomer({ name: '' }), '/customer/name'],
    ['a long name', withCustomer({ name: 'x'.repeat(201) }), '/customer/name'],
    ['an address without @', withCustomer({ email: 'anna' }), '/customer/email'],
    ['an unknown field of a customer', withCustomer({ phone: '1' }), '/customer/phone'],
  ])('rejects %s with a pointer to it', async (_name, body, pointer) => {
    const { post, orders, bus } = setUp();
    const answer = await post(body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json.errors[0]).toMatchObject({ pointer, detail: expect.stringMatching(/\w/) });
    expect(answer.body).not.toMatch(/[<>\r\n\u2028]/);
    expect(orders.rows.size + bus.events.length).toBe(0);
  });

  it('says what is wrong, shows the bad value and says what would be right', async () => {
    const answer = await setUp().post({ lines: [{ sku: 'book', quantity: -3 }] });
    expect(answer.json.errors).toEqual([
      { pointer: '/lines/0/quantity', detail: 'quantity must be at least 1; got -3' },
    ]);
  });

  it.each(['x'.repeat(256), 'a\tb', 'ä'])('rejects the Idempotency-Key %j', async (key) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const answer = await setUp().post(order, { headers });
    expect(answer).toMatchObject({ statusCode: 400, json: { type: 'urn:stepwright:problem:invalid-idempotency-key' } });
  });

  it('rejects a request that names no caller', async () => {
    expect((await setUp().post(order, { authorizer: {} })).statusCode).toBe(401);
  });
});
