import { createDynamoCatalogue } from '../../../lambdas/orders/adapters/dynamo-catalogue';
import { createDynamoOrderStore } from '../../../lambdas/orders/adapters/dynamo-order-store';
import { createPlaceOrderApi } from '../../../lambdas/orders/adapters/place-order-api';
import { createPlaceOrder } from '../../../lambdas/orders/domain/place-order';
import { createDynamoStepGuard } from '../../../lambdas/shared/idempotency/dynamo-step-guard';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { invocation, turnedClock } from '../shared/turned-clock';
import { memoryBus, silent } from './ports/memory-ports';

const book = { lines: [{ sku: 'book', quantity: 1 }] };
const lamp = { lines: [{ sku: 'lamp', quantity: 1 }] };

async function setUp() {
  const clock = turnedClock();
  const tables = await createEmbeddedTables(clock.simulated);
  await tables.put('stock', { sku: 'book', unitPriceCents: 1250, onHand: 10, held: 0, sold: 0 });
  await tables.put('stock', { sku: 'lamp', unitPriceCents: 4000, onHand: 10, held: 0, sold: 0 });
  const { client } = tables;
  const bus = memoryBus();
  const placeOrder = createPlaceOrder({
    catalogue: createDynamoCatalogue({ client, tableName: 'stock', clock }),
    orders: createDynamoOrderStore({ client, tableName: 'orders' }),
    bus,
    steps: createDynamoStepGuard({ client, tableName: 'idempotency', clock }),
    clock,
    newOrderId: () => 'random',
    ...silent,
  });
  const api = createPlaceOrderApi(placeOrder, silent);
  const post = async (body: object, key = 'key-1', userArn = 'arn:aws:iam::123456789012:user/anna') => {
    const answer = await api(
      {
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        isBase64Encoded: false,
        rawPath: '/orders',
        requestContext: { requestId: 'request-1', authorizer: { iam: { userArn } } },
      },
      invocation(),
    );
    return { status: answer.statusCode, json: JSON.parse(answer.body!), headers: answer.headers };
  };
  return { clock, tables, bus, post };
}

describe('POST /orders with an Idempotency-Key', () => {
  it('answers the same key and body the same, and puts one event', async () => {
    const { post, bus } = await setUp();
    const first = await post(book);
    const again = await post(book);
    expect(first.status).toBe(202);
    expect(again).toEqual(first);
    expect(bus.events).toHaveLength(1);
  });

  it('gives another order to another key and to another caller', async () => {
    const { post } = await setUp();
    const ids = [await post(book), await post(book, 'key-2'), await post(book, 'key-1', 'arn:aws:iam::1:user/eve')];
    expect(new Set(ids.map(({ json }) => json.orderId)).size).toBe(3);
    for (const { json } of ids) expect(json.orderId).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  it('rejects the same key with another body, and keeps the first order', async () => {
    const { post, tables } = await setUp();
    const { json } = await post(book);
    const other = await post(lamp);
    expect(other).toMatchObject({ status: 422, json: { type: 'urn:stepwright:problem:idempotency-key-reused' } });
    expect(await tables.get('orders', { orderId: json.orderId })).toMatchObject({ totalCents: 1250 });
  });

  it('rejects a second request while the first is under way', async () => {
    const { post, tables } = await setUp();
    let second: Awaited<ReturnType<typeof post>> | undefined;
    tables.beforeSend = async (operation) => {
      if (operation !== 'BatchGetItem') return;
      tables.beforeSend = undefined;
      second = await post(book);
    };
    expect((await post(book)).status).toBe(202);
    expect(second).toMatchObject({ status: 409, headers: { 'retry-after': '1' } });
    expect(second!.json.type).toBe('urn:stepwright:problem:idempotency-key-in-use');
  });

  it('puts the event again, under the same id, when the first attempt died between the row and the bus', async () => {
    const { post, bus } = await setUp();
    bus.refusals = 1;
    expect((await post(book)).status).toBe(503);
    const retried = await post(book);
    expect(retried.status).toBe(202);
    expect(bus.events.map(({ detail }) => (detail as any).orderId)).toEqual([retried.json.orderId]);
  });

  it('lets a request that was refused be corrected under the same key', async () => {
    const { post } = await setUp();
    expect((await post({ lines: [{ sku: 'ghost', quantity: 1 }] })).status).toBe(422);
    expect((await post(book)).status).toBe(202);
  });

  it('keeps the order id of a key also when the key’s record has expired', async () => {
    const { post, clock, bus } = await setUp();
    const first = await post(book);
    await clock.simulated.turn(25 * 60 * 60 * 1000);
    expect((await post(book)).json).toEqual(first.json);
    expect((await post(lamp)).status).toBe(422);
    // An order that still waits is announced again: the execution's name stops the duplicate.
    expect(bus.events).toHaveLength(2);
  });

  it('costs four calls of DynamoDB', async () => {
    const { post, tables } = await setUp();
    await post(book);
    expect(tables.sent).toEqual(['PutItem', 'BatchGetItem', 'PutItem', 'UpdateItem']);
  });
});
