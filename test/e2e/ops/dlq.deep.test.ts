import { OpsStacks } from '../../support/ops-stacks';

let stacks: OpsStacks;

beforeAll(async () => {
  stacks = await OpsStacks.start();
  await stacks.stock('lamp', 10);
}, 240_000);
afterAll(() => stacks?.stop());

const orderPlaced = (orderId: string) =>
  JSON.stringify({
    id: orderId,
    source: 'test.shop',
    time: '2026-01-01T00:00:00Z',
    'detail-type': 'OrderPlaced',
    detail: {
      orderId,
      currency: 'EUR',
      lines: [{ sku: 'lamp', quantity: 1 }],
      customer: { name: 'Ada', email: 'ada@example.com', see: 'https://example.com/a?b=c' },
    },
  });

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

async function park(queueUrl: string, MessageBody: string, attributes: Record<string, string> = {}): Promise<string> {
  const MessageAttributes = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, text(value)]));
  return (await stacks.call('sqs', 'SendMessage', { QueueUrl: queueUrl, MessageBody, MessageAttributes })).MessageId;
}

const depthOf = async (name: string) =>
  (await stacks.opsJson('dlq', 'list')).find((queue) => queue.name === name)?.depth as number;

describe('npm run ops -- dlq', () => {
  it('lists, shows, classifies and replays; what is poison stays, and who replayed what is recorded', async () => {
    const queue = stacks.orders.OrderDeadLetterQueueUrl!;
    const retryable = await park(queue, orderPlaced('replay-1'), { trace: 'kept' });
    const poison = await park(queue, orderPlaced('replay-2'), { reason: 'no lines', errorName: 'InvalidOrder' });
    const done = await park(queue, orderPlaced('replay-3'));
    await stacks.call('dynamodb', 'PutItem', {
      TableName: stacks.orders.OrdersTableName,
      Item: { orderId: { S: 'replay-3' }, status: { S: 'OrderConfirmed' } },
    });

    expect((await stacks.ops('dlq', 'list')).output).toMatch(/OrderDeadLetterQueue +3 +0/);
    const shown = await stacks.opsJson('dlq', 'show', 'OrderDeadLetterQueue');
    const classes = new Map(shown.map(({ messageId, messageClass, why }) => [messageId, [messageClass, why]]));
    expect(classes.get(retryable)).toEqual(['retryable', expect.any(String)]);
    expect(classes.get(poison)).toEqual(['poison', 'InvalidOrder: no lines']);
    expect(classes.get(done)).toEqual(['done', 'the order has its end: OrderConfirmed']);
    expect(JSON.stringify(shown)).not.toMatch(/ada@example|b=c/);
    expect(await depthOf('OrderDeadLetterQueue')).toBe(3);

    const planned = await stacks.ops('dlq', 'replay', 'OrderDeadLetter', '--dry-run');
    expect(planned.output).toContain('1 would be sent');
    expect(await depthOf('OrderDeadLetterQueue')).toBe(3);
    expect(await stacks.acts(stacks.orders)).toEqual([]);

    const replayed = await stacks.ops('dlq', 'replay', 'OrderDeadLetter');
    expect(replayed).toMatchObject({ code: 0, output: expect.stringContaining('1 sent') });
    await stacks.awaitOrder('replay-1', 'OrderConfirmed');
    expect(await depthOf('OrderDeadLetterQueue')).toBe(2);
    const acts = await stacks.acts(stacks.orders);
    expect(acts.map(({ act }) => act)).toEqual(['replay-begun', 'replayed']);
    expect(acts[1]).toMatchObject({
      who: expect.stringMatching(/^arn:aws:/),
      messageId: retryable,
      outcome: 'sent',
      from: expect.stringContaining('DeadLetter'),
      to: expect.stringContaining('OrderQueue'),
    });
  });

  it('replays a message by its id, and all of a queue through SQS', async () => {
    const queue = stacks.orders.OrderDeadLetterQueueUrl!;
    await stacks.call('sqs', 'PurgeQueue', { QueueUrl: queue });
    const chosen = await park(queue, orderPlaced('replay-4'), { reason: 'mended since' });
    await park(queue, orderPlaced('replay-5'), { reason: 'mended since' });
    expect((await stacks.ops('dlq', 'replay', 'OrderDeadLetter', '--message', chosen)).output).toContain('1 sent');
    await stacks.awaitOrder('replay-4', 'OrderConfirmed');
    const moved = await stacks.ops('dlq', 'replay', 'OrderDeadLetter', '--only', 'all', '--rate', '500');
    expect(moved.output).toContain('SQS moved 1 messages');
    await stacks.awaitOrder('replay-5', 'OrderConfirmed');
    const acts = (await stacks.acts(stacks.orders)).map(({ act }) => act);
    expect(acts.slice(-2)).toEqual(['move-begun', 'moved']);
  });

  it.each([
    [['dlq', 'show', 'nonsense'], 'No queue is called "nonsense"'],
    [['dlq', 'show', 'Order'], '"Order" means several queues'],
    [['dlq', 'replay', 'IngestReviewQueue'], 'is read by people'],
    [['dlq', 'replay', 'OrderDeadLetterQueue', '--rate', '0'], 'whole number from 1 to 500'],
  ])('rejects %j', async (args, said) => {
    const { code, output } = await stacks.ops(...args);
    expect(output).toContain(said);
    expect(code).not.toBe(0);
  });
});
