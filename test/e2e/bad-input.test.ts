import { type EmbeddedStacks, startStacks } from '../support/embedded-stacks';

const KIB = 1024;
const line = (sku = 'lamp', quantity: unknown = 1) => ({ sku, quantity });
const body = (fields: object) => JSON.stringify({ lines: [line()], ...fields });

/** What no client should send, and what it is told. */
const REFUSED: readonly [what: string, status: number, text: string, headers?: Record<string, string>][] = [
  ['malformed JSON', 400, '{"lines":['],
  ['an empty body', 400, ''],
  ['a body that is no object', 422, '[]'],
  ['no lines', 422, '{}'],
  ['an empty list of lines', 422, body({ lines: [] })],
  ['an unknown field', 422, body({ priority: 'high' })],
  ['an unknown field in a line', 422, body({ lines: [{ ...line(), price: 1 }] })],
  ['a prototype key', 422, '{"lines":[{"sku":"lamp","quantity":1}],"__proto__":{"x":1}}'],
  ['a quantity that is text', 422, body({ lines: [line('lamp', '1')] })],
  ['a negative quantity', 422, body({ lines: [line('lamp', -1)] })],
  ['a quantity of nothing', 422, body({ lines: [line('lamp', 0)] })],
  ['a broken quantity', 422, body({ lines: [line('lamp', 1.5)] })],
  ['a huge quantity', 422, body({ lines: [line('lamp', 1e9)] })],
  ['51 lines', 422, body({ lines: Array.from({ length: 51 }, () => line()) })],
  ['an unknown product', 422, body({ lines: [line('unicorn')] })],
  ['CR and LF in a name', 422, body({ customer: { name: 'Ada\r\nBcc: eve@example.com' } })],
  ['HTML in a name', 422, body({ customer: { name: '<script>alert(1)</script>' } })],
  ['an order id with a path in it', 422, body({ orderId: '../../etc' })],
  ['another content type', 415, body({}), { 'content-type': 'text/plain' }],
  ['a body of 256 KiB + 1', 413, body({ customer: { name: 'x'.repeat(256 * KIB) } })],
  ['a body just under 1 MB', 413, body({ customer: { name: 'x'.repeat(1_000_000 - 100) } })],
];

describe('bad input', () => {
  let stacks: EmbeddedStacks;
  beforeAll(async () => {
    stacks = await startStacks();
    await stacks.stock('lamp', 100);
  });
  afterAll(() => stacks.embedded.stop());

  it.each(REFUSED)('rejects %s with %i and a problem document', async (...[, status, text, headers]) => {
    const response = await stacks.api('POST', '/orders', text, headers);
    const problem = response.body;
    expect({ status: response.statusCode, problem }).toMatchObject({ status, problem: { status } });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(problem.title).toEqual(expect.any(String));
    expect(problem.detail ?? problem.errors).toBeDefined();
  });

  it('accepts one SKU on several lines and merges them', async () => {
    const order = { orderId: 'merged', lines: [line(), line('lamp', 2)] };
    const response = await stacks.api('POST', '/orders', JSON.stringify(order));
    expect(response.statusCode).toBe(202);
    const { status, lines } = await endOf('merged');
    expect(status).toBe('OrderConfirmed');
    expect(lines).toEqual([expect.objectContaining({ sku: 'lamp', quantity: 3 })]);
  });

  it.each([
    ['an unknown route', 404, 'GET', '/nowhere'],
    ['an unknown method', 404, 'DELETE', '/orders/any'],
    ['an order that is not there', 404, 'GET', '/orders/none'],
  ])('answers %s with %i', async (_what, status, method, path) => {
    expect((await stacks.api(method, path)).statusCode).toBe(status);
  });

  it('rejects a request that nobody has signed', async () => {
    const url = new URL('/orders', stacks.outputs.OrdersApiUrl);
    const response = await fetch(url, {
      method: 'POST',
      body: body({}),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(403);
  });

  it.each([
    ['no lines', { orderId: 'event-1' }],
    ['an unknown product', { orderId: 'event-2', lines: [line('unicorn')] }],
    ['51 lines', { orderId: 'event-3', lines: Array.from({ length: 51 }, () => line()) }],
    ['an order id with spaces', { orderId: 'event 4', lines: [line()] }],
  ])('parks an event with %s in the DLQ, with the reason', async (_what, detail) => {
    await stacks.publish(detail);
    const message = await parkedWith(detail.orderId);
    expect(message.MessageAttributes.reason.StringValue.length).toBeGreaterThan(10);
    expect(message.MessageAttributes.errorName.StringValue).toMatch(/^[A-Z]\w+$/);
  });

  it('parks a message that is not JSON in the DLQ, with the reason', async () => {
    await stacks.call('sqs', 'SendMessage', {
      QueueUrl: stacks.outputs.OrderQueueUrl,
      MessageBody: 'event-5 is {not JSON',
    });
    const message = await parkedWith('event-5');
    expect(message.MessageAttributes.reason.StringValue).toContain('JSON');
  });

  it.each([
    ['unknown fields', { loyalty: { points: 7 } }],
    ['256 KiB + 1 of them', { note: 'x'.repeat(256 * KIB + 1) }],
    ['just under 1 MB of them', { note: 'x'.repeat(1_000_000) }],
  ])('takes an event with %s, since producers add what they need', async (what, extra) => {
    const orderId = `wide-${what.length}`;
    await stacks.publish({ orderId, lines: [line()], ...extra });
    expect((await endOf(orderId)).status).toBe('OrderConfirmed');
  });

  it('answers nothing with a 500 and breaks nothing: a good order still goes through', async () => {
    await stacks.publish({ orderId: 'after-all', lines: [line()] });
    expect((await endOf('after-all')).status).toBe('OrderConfirmed');
    expect(stacks.warnings.filter((warning) => warning.includes('failed inside'))).toEqual([]);
  });

  /** Waits until the order's execution has ended, and gives its row. */
  async function endOf(orderId: string): Promise<any> {
    const executionArn = `${stacks.outputs.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${orderId}`;
    const states = () => stacks.call('states', 'DescribeExecution', { executionArn }).catch(() => undefined);
    for (const until = Date.now() + 20_000; Date.now() < until; ) {
      const execution = await states();
      if (execution && execution.status !== 'RUNNING') return orderRow(orderId);
      // Real time, real workers: ask again once the process has answered another request.
      await stacks.api('GET', '/nowhere');
    }
    throw new Error(`${orderId} did not end within 20 s`);
  }

  async function orderRow(orderId: string): Promise<any> {
    const { Item } = await stacks.call('dynamodb', 'GetItem', {
      TableName: stacks.outputs.OrdersTableName,
      Key: { orderId: { S: orderId } },
    });
    const lines = Item.lines.L.map(({ M }: any) => ({ sku: M.sku.S, quantity: Number(M.quantity.N) }));
    return { status: Item.status.S, lines };
  }

  /** Takes messages from the DLQ until one holds the text. */
  async function parkedWith(text: string): Promise<any> {
    const QueueUrl = stacks.outputs.OrderDeadLetterQueueUrl;
    for (let receives = 0; receives < 20; receives++) {
      const { Messages = [] } = await stacks.call('sqs', 'ReceiveMessage', {
        QueueUrl,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
      });
      for (const message of Messages) {
        await stacks.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: message.ReceiptHandle });
        if (message.Body.includes(text)) return message;
      }
    }
    throw new Error(`no message with ${text} was parked`);
  }
});
