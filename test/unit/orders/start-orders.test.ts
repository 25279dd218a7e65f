import type { SQSEvent } from 'aws-lambda';
import { orderFieldsOfMessage } from '../../../lambdas/orders/domain/order-fields';
import { withinLimit } from '../../../lambdas/orders/domain/order-intake';
import { RejectedMessage } from '../../../lambdas/orders/domain/rejected-message';
import { createStartOrder } from '../../../lambdas/orders/domain/start-order';
import { createSqsBatchHandler } from '../../../lambdas/shared/queue/sqs-batch';
import { keptMeter } from '../../support/kept-meter';
import { invocation } from '../shared/turned-clock';
import { keptLog, memoryCatalogue, memoryQueue, memoryWorkflow } from './ports/memory-ports';

const detail = { orderId: 'order-1', lines: [{ sku: 'book', quantity: 2 }] };

function event(body: object = detail, envelope: object = {}) {
  return {
    version: '0',
    id: 'event-1',
    'detail-type': 'OrderPlaced',
    source: 'shop',
    account: '123456789012',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: body,
    ...envelope,
  };
}

function setUp() {
  const workflow = memoryWorkflow();
  const deadLetters = memoryQueue();
  const { log, lines } = keptLog();
  const { meter, counted } = keptMeter();
  const observability = { log, meter };
  const catalogue = memoryCatalogue({ book: 1250, lamp: 4000 });
  const startOrder = createStartOrder({ catalogue, workflow, deadLetters, ...observability });
  const handler = createSqsBatchHandler(startOrder, observability, orderFieldsOfMessage);
  const deliver = (...bodies: unknown[]) => {
    const Records = bodies.map((body, index) => ({
      messageId: `message-${index}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }));
    return handler({ Records } as unknown as SQSEvent, invocation());
  };
  return { workflow, deadLetters, catalogue, lines, counted, deliver };
}

describe('start-orders', () => {
  it('starts an execution named after the order with merged and priced lines', async () => {
    const { workflow, deliver } = setUp();
    const lines = ['book', 'lamp', 'book'].map((sku) => ({ sku, quantity: 1, colour: 'red' }));
    await deliver(event({ orderId: 'order-1', lines, customer: { name: 'Anna', vip: true }, campaign: 'spring' }));
    expect(workflow.started.get('order-1')).toEqual({
      orderId: 'order-1',
      owner: 'events',
      currency: 'EUR',
      totalCents: 6500,
      lines: [
        { sku: 'book', quantity: 2, unitPriceCents: 1250 },
        { sku: 'lamp', quantity: 1, unitPriceCents: 4000 },
      ],
      customer: { name: 'Anna' },
      correlationId: 'event-1',
      placedAt: '2026-01-01T00:00:00Z',
    });
  });

  it('takes correlation, moment and owner from the events of our own API', async () => {
    const { workflow, deliver } = setUp();
    const own = { ...detail, correlationId: 'request-1', owner: 'anna', placedAt: '2026-02-02T00:00:00.000Z' };
    await deliver(event(own, { source: 'stepwright.api' }));
    expect(workflow.started.get('order-1')).toMatchObject({
      correlationId: 'request-1',
      owner: 'anna',
      placedAt: '2026-02-02T00:00:00.000Z',
    });
  });

  it('heeds no owner that another producer names', async () => {
    const { workflow, deliver } = setUp();
    await deliver(event({ ...detail, owner: 'anna' }));
    expect(workflow.started.get('order-1').owner).toBe('events');
  });

  it('takes the same event three times as one order', async () => {
    const { workflow, deliver } = setUp();
    const answer = await deliver(event(), event(), event());
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(workflow.started.size).toBe(1);
  });

  it('moves a poison message to the dead-letter queue with its reason and starts its two neighbours', async () => {
    const { workflow, deadLetters, deliver } = setUp();
    const answer = await deliver(event(), '{"poison', event({ ...detail, orderId: 'order-2' }));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect([...workflow.started.keys()]).toEqual(['order-1', 'order-2']);
    expect(deadLetters.messages).toEqual([
      {
        body: '{"poison',
        attributes: {
          errorName: 'MalformedMessage',
          originalMessageId: 'message-1',
          reason: expect.stringContaining('not JSON'),
        },
      },
    ]);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['no event', { hello: 1 }, 'MalformedMessage', /id must be text/],
    ['an event of another type', event(detail, { 'detail-type': 'OrderPaid' }), 'MalformedMessage', /OrderPaid/],
    ['no order id', event({ lines: detail.lines }), 'InvalidOrder', /orderId/],
    ['a quantity in text', event({ orderId: 'a', lines: [{ sku: 'book', quantity: '2' }] }), 'InvalidOrder', /"2"/],
    ['51 lines', event({ orderId: 'a', lines: Array(51).fill(detail.lines[0]) }), 'InvalidOrder', /at most 50/],
    ['HTML in a name', event({ ...detail, customer: { name: '<i>' } }), 'InvalidOrder', /angle brackets/],
    ['an unknown product', event({ orderId: 'a', lines: [{ sku: 'ghost', quantity: 1 }] }), 'UnknownProduct', /ghost/],
    [
      'too many pieces on several lines',
      event({ orderId: 'a', lines: [1000, 1].map((quantity) => ({ sku: 'book', quantity })) }),
      'QuantityTooLarge',
      /1001 pieces/,
    ],
  ])('rejects a message with %s for good and keeps it with its reason', async (_name, body, errorName, reason) => {
    const { workflow, deadLetters, deliver } = setUp();
    expect(await deliver(body)).toEqual({ batchItemFailures: [] });
    expect(workflow.started.size).toBe(0);
    expect(deadLetters.messages[0]).toMatchObject({ body: JSON.stringify(body), attributes: { errorName } });
    expect(deadLetters.messages[0]!.attributes!.reason).toMatch(reason);
  });

  it('keeps a reason short and free of what SQS does not take in an attribute', async () => {
    const { deadLetters, deliver } = setUp();
    const skus = Array.from({ length: 50 }, (_, index) => ({ sku: `ghost-${index}`.padEnd(64, 'x'), quantity: 1 }));
    await deliver(event({ orderId: 'a', lines: skus }), `\u0000\ud800${'x'.repeat(500)}`);
    for (const { attributes } of deadLetters.messages) {
      expect(attributes!.reason!.length).toBeLessThanOrEqual(300);
      expect(attributes!.reason).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    }
    expect(deadLetters.messages).toHaveLength(2);
  });

  it('leaves a message in its queue when the machine, the table or the dead-letter queue fails', async () => {
    const { workflow, deadLetters, catalogue, deliver } = setUp();
    workflow.failure = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    expect(await deliver(event())).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    deadLetters.send = () => Promise.reject(new Error('no queue'));
    expect(await deliver('{"poison')).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    catalogue.prices = () => Promise.reject(new Error('no table'));
    const { batchItemFailures } = await deliver(event(), '{"poison');
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['message-0', 'message-1']);
  });

  it('moves an order to the dead-letter queue when the machine refuses it for good', async () => {
    const { workflow, deadLetters, deliver } = setUp();
    workflow.failure = new RejectedMessage('StartRefused', 'InvalidExecutionInput');
    expect(await deliver(event())).toEqual({ batchItemFailures: [] });
    expect(deadLetters.messages[0]!.attributes).toMatchObject({ errorName: 'StartRefused' });
  });

  it('rejects an input that Step Functions would not take', () => {
    const input = { orderId: 'a', owner: '', currency: 'EUR', totalCents: 1, lines: [], customer: {}, placedAt: '' };
    const sized = (bytes: number) => {
      const empty = Buffer.byteLength(JSON.stringify({ ...input, correlationId: '' }));
      return { ...input, correlationId: 'x'.repeat(bytes - empty) };
    };
    expect(withinLimit(sized(256 * 1024)).orderId).toBe('a');
    expect(() => withinLimit(sized(256 * 1024 + 1))).toThrow('has 262145 bytes');
  });

  it('writes order and correlation id in each line and no personal data', async () => {
    const { lines, deliver } = setUp();
    await deliver(event({ ...detail, customer: { name: 'Annabelle', email: 'anna@example.com' } }));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ orderId: 'order-1', correlationId: 'event-1' });
    expect(lines.join()).not.toMatch(/anna/i);
  });

  it('starts an order whose event says more than we know, and tells of it by the names of its fields', async () => {
    const { workflow, counted, lines, deliver } = setUp();
    const customer = { name: 'Anna', 'anna@example.com': 'vip' };
    await deliver(
      event({ ...detail, version: 1, colour: 'scarlet', customer }),
      event({ ...detail, orderId: 'order-2' }),
    );
    expect([...workflow.started.keys()]).toEqual(['order-1', 'order-2']);
    expect(counted).toEqual({ OrderStarted: 2, UnknownFields: 1 });
    expect(lines.map((line) => JSON.parse(line).fields).filter(Boolean)).toEqual(['/colour ?']);
    expect(lines.join()).not.toMatch(/anna|scarlet/i);
  });

  it.each([[2], ['1'], [null], [{}]])('parks an event of the version %j, and tells of it', async (version) => {
    const { workflow, deadLetters, counted, deliver } = setUp();
    expect(await deliver(event({ ...detail, version }))).toEqual({ batchItemFailures: [] });
    expect(workflow.started.size).toBe(0);
    expect(deadLetters.messages[0]!.attributes).toMatchObject({ errorName: 'UnknownVersion' });
    expect(counted).toEqual({ OrderMessageRejected: 1, UnknownVersion: 1 });
  });

  it('tells of an event that breaks the contract, and not of its fields', async () => {
    const { counted, deliver } = setUp();
    await deliver(event({ lines: detail.lines, colour: 'red' }));
    expect(counted).toEqual({ OrderMessageRejected: 1 });
  });
});
