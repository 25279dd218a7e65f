import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { type RunningGateway, startGateway } from '../../support/embedded';
import { TABLES } from '../shared/embedded-tables';
import { invocation } from '../shared/turned-clock';

const HANDLERS = path.resolve(__dirname, '../../../lambdas/orders/handlers');
const names = readdirSync(HANDLERS, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name.replace(/\.ts$/, ''));

let running: RunningGateway;
const before = { ...process.env };

/** The handlers as they are deployed: wired from the environment, with the SDK's own client and its wire protocol. */
const handlerOf = async (name: string) => (await import(path.join(HANDLERS, name))).handler;

beforeAll(async () => {
  running = await startGateway((host) => [createDynamoDbService(host)]);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: running.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    POWERTOOLS_SERVICE_NAME: 'orders',
    POWERTOOLS_METRICS_NAMESPACE: 'Stepwright',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    ORDERS_TABLE: 'orders',
    STOCK_TABLE: 'stock',
    PAYMENTS_TABLE: 'payments',
    SHIPMENTS_TABLE: 'shipments',
    IDEMPOTENCY_TABLE: 'idempotency',
    FAULTS_TABLE: 'faults',
    ORDER_BUS_NAME: 'bus',
    ORDERS_ALIAS_ARN: 'machine',
    UNDO_ALIAS_ARN: 'undo',
    ORDERS_MACHINE_ARN: 'machine',
    UNDO_MACHINE_ARN: 'undo',
    WAITING_INDEX: 'waiting',
    AFTER_SECONDS: '900',
    MACHINE_TIMEOUT_SECONDS: '3600',
    DEAD_LETTER_QUEUE_URL: 'queue',
    REVIEW_QUEUE_URL: 'review',
    STRIPE_SECRET_ARN: 'secret',
    APPROVAL_ABOVE_CENTS: '100000',
    APPROVALS_QUEUE_URL: 'approvals',
  });
  const administrator = running.gateway.identify('test');
  for (const [TableName, keys] of Object.entries(TABLES)) {
    await running.gateway.call(administrator, 'dynamodb', 'CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    });
  }
});

afterAll(async () => {
  process.env = before;
  await running.close();
});

describe('the handlers, wired from the environment', () => {
  it.each(names)('%s exports a handler', async (name) => {
    expect(typeof (await handlerOf(name))).toBe('function');
  });

  it('fails at once with the name of a variable that is missing', async () => {
    const { IDEMPOTENCY_TABLE } = process.env;
    delete process.env.IDEMPOTENCY_TABLE;
    jest.resetModules();
    await expect(handlerOf('charge-payment')).rejects.toThrow('IDEMPOTENCY_TABLE is not set');
    process.env.IDEMPOTENCY_TABLE = IDEMPOTENCY_TABLE;
  });

  it('charge, ship, undo both, and reject what comes late, over the real protocol', async () => {
    const order = { orderId: 'order-1', correlationId: 'c' };
    const lines = [{ sku: 'book', quantity: 2, unitPriceCents: 1250 }];
    const charge = { ...order, totalCents: 2500, currency: 'EUR', lines };
    const ship = { ...order, lines: [{ sku: 'book', quantity: 2 }], customer: {} };
    const run = async (name: string, payload: object) => (await handlerOf(name))(payload, invocation());

    expect(await run('charge-payment', charge)).toEqual({ paymentId: 'order-1' });
    expect(await run('charge-payment', charge)).toEqual({ paymentId: 'order-1' });
    expect(await run('ship-order', ship)).toEqual({ shipmentId: 'order-1' });
    expect(await run('cancel-shipment', order)).toEqual({ outcome: 'cancelled' });
    expect(await run('refund-payment', order)).toEqual({ outcome: 'refunded' });
    expect(await run('release-stock', order)).toEqual({ outcome: 'fenced' });
    await expect(run('charge-payment', charge)).rejects.toMatchObject({ name: 'StepFenced' });
    await expect(run('ship-order', ship)).rejects.toMatchObject({ name: 'StepFenced' });
  });
});
