import { createGetOrderApi } from '../../../lambdas/orders/adapters/get-order-api';
import type { Order } from '../../../lambdas/orders/domain/order';
import { invocation } from '../shared/turned-clock';
import { memoryOrders, silent } from './ports/memory-ports';

const clerk = { iam: { userArn: 'arn:aws:sts::123456789012:assumed-role/Clerk/anna' } };
const token = { jwt: { claims: { iss: 'https://issuer.example', sub: 'anna' } } };

const order: Order = {
  orderId: 'order-1',
  status: 'OrderConfirmed',
  owner: 'arn:aws:iam::123456789012:role/Clerk',
  executionId: 'arn:aws:states:us-east-1:123456789012:execution:orders:order-1',
  linesHash: 'hash',
  lines: [{ sku: 'book', quantity: 1, unitPriceCents: 1250 }],
  totalCents: 1250,
  currency: 'EUR',
  customer: { email: 'anna@example.com' },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:01.000Z',
};

function setUp(authorizer: unknown = clerk) {
  const orders = memoryOrders();
  orders.rows.set(order.orderId, order);
  const api = createGetOrderApi(orders, silent);
  const get = async (orderId: string) => {
    const requestContext = { requestId: 'request-1', authorizer };
    const event = { headers: {}, isBase64Encoded: false, rawPath: `/orders/${orderId}`, pathParameters: { orderId } };
    const answer = await api({ ...event, requestContext }, invocation());
    return { ...answer, json: JSON.parse(answer.body!) };
  };
  return { orders, get };
}

describe('GET /orders/{orderId}', () => {
  it('shows owners their order without what is internal or personal', async () => {
    const answer = await setUp().get('order-1');
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } });
    expect(answer.json).toEqual({
      orderId: 'order-1',
      status: 'OrderConfirmed',
      lines: order.lines,
      totalCents: 1250,
      currency: 'EUR',
      createdAt: order.createdAt,
      updatedAt: order.updatedAt,
    });
  });

  it('rejects an order of somebody else exactly as one that is not there', async () => {
    const somebodyElse = await setUp(token).get('order-1');
    const nothing = await setUp(token).get('order-2');
    expect(somebodyElse.statusCode).toBe(404);
    expect({ ...somebodyElse.json, instance: '' }).toEqual({ ...nothing.json, instance: '' });
  });

  it('shows an order that came as an event to IAM callers', async () => {
    const { orders, get } = setUp();
    orders.rows.set('order-1', { ...order, owner: 'events' });
    expect((await get('order-1')).statusCode).toBe(200);
  });

  it.each(['a.b', 'x'.repeat(65), ''])('rejects the impossible id %j without reading', async (orderId) => {
    const { orders, get } = setUp();
    orders.find = () => Promise.reject(new Error('not expected'));
    expect((await get(orderId)).statusCode).toBe(404);
  });

  it('answers 503 and nothing of the cause when the table cannot be read', async () => {
    const { orders, get } = setUp();
    orders.find = () => Promise.reject(new Error('secret table name'));
    const answer = await get('order-1');
    expect(answer.statusCode).toBe(503);
    expect(answer.body).not.toContain('secret');
  });
});
