import { type EmbeddedStacks, startStacks } from '../support/embedded-stacks';

/** How long is waited for what functions do in their own time, in milliseconds of the machine. */
const PATIENCE_MS = 30_000;

let stacks: EmbeddedStacks;
let outputs: Record<string, string>;

beforeAll(async () => {
  stacks = await startStacks();
  const { Stacks } = await stacks.call('cloudformation', 'DescribeStacks', {});
  const all = Stacks.flatMap(({ Outputs = [] }: any) => Outputs) as { OutputKey: string; OutputValue: string }[];
  outputs = Object.fromEntries(all.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
});
afterAll(() => stacks.embedded.stop());

/** Asks again and again, between other work of this process, until there is an answer. */
async function until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const found = await probe();
    if (found !== undefined) return found;
    await fetch(`${stacks.embedded.url}/inbox`).then((answer) => answer.text());
  }
  throw new Error(`There is no ${what}. Warnings: ${stacks.warnings.join('\n')}`);
}

async function row(table: string, key: Record<string, string>): Promise<Record<string, any> | undefined> {
  const Key = Object.fromEntries(Object.entries(key).map(([name, S]) => [name, { S }]));
  return (await stacks.call('dynamodb', 'GetItem', { TableName: outputs[table], Key, ConsistentRead: true })).Item;
}

const delivery = (eventId: string, target: string, status: string) =>
  until(`${target} of ${eventId} that is ${status}`, async () => {
    const found = await row('DeliveriesTableName', { eventId, target });
    return found?.status.S === status ? found : undefined;
  });

const order = (orderId: string) => ({
  orderId,
  lines: [{ sku: 'lamp', quantity: 1 }],
  customer: { name: 'Ada', email: 'ada@example.com' },
});

const queueDepth = async (url: string) => {
  const { Attributes } = await stacks.call('sqs', 'GetQueueAttributes', {
    QueueUrl: outputs[url],
    AttributeNames: ['ApproximateNumberOfMessages'],
  });
  return Number(Attributes.ApproximateNumberOfMessages);
};

describe('an order that is confirmed', () => {
  it('is mailed to its customer, sent to the webhook and counted', async () => {
    await stacks.stock('lamp', 10);
    await stacks.publish(order('fan-1'));
    const eventId = 'fan-1:OrderConfirmed';
    const mailed = await delivery(eventId, 'mail', 'delivered');
    await delivery(eventId, 'webhook', 'delivered');
    const answer = await fetch(`${stacks.embedded.url}/inbox`, { headers: { accept: 'application/json' } });
    const { messages } = (await answer.json()) as { messages: { id: string; to: string[]; subject: string }[] };
    expect(messages.find(({ id }) => id === mailed.providerId.S)).toMatchObject({
      to: ['ada@example.com'],
      subject: 'Your order fan-1 is confirmed',
    });
    const received = await row('ReceivedWebhooksTableName', { eventId });
    expect(received?.receipts).toEqual({ N: '1' });
    expect(JSON.parse(received?.body.S)).toMatchObject({ type: 'OrderConfirmed', data: { eventId, orderId: 'fan-1' } });
    expect(received?.body.S).not.toContain('ada@example.com');
    expect(await row('AnalyticsTableName', { eventId })).toMatchObject({ orderId: { S: 'fan-1' } });
  });

  it('is parked for the webhook that refuses it, and delivered by a replay once the webhook is mended', async () => {
    const eventId = 'fan-2:OrderConfirmed';
    const fault = { scope: { S: eventId }, operation: { S: 'webhook' } };
    const TableName = outputs.WebhookFaultsTableName;
    await stacks.call('dynamodb', 'PutItem', { TableName, Item: { ...fault, fault: { S: 'decline' } } });
    await stacks.publish(order('fan-2'));
    await delivery(eventId, 'webhook', 'parked');
    await delivery(eventId, 'mail', 'delivered');
    expect(await queueDepth('ParkedQueueUrl')).toBe(1);

    await stacks.call('dynamodb', 'DeleteItem', { TableName, Key: fault });
    await stacks.call('sqs', 'StartMessageMoveTask', {
      SourceArn: outputs.ParkedQueueArn,
      DestinationArn: outputs.ReplayQueueArn,
    });
    await delivery(eventId, 'webhook', 'delivered');
    expect((await row('ReceivedWebhooksTableName', { eventId }))?.receipts).toEqual({ N: '1' });
    expect((await row('DeliveriesTableName', { eventId, target: 'mail' }))?.attempts).toEqual({ N: '1' });
    expect([await queueDepth('ParkedQueueUrl'), await queueDepth('ReplayQueueUrl')]).toEqual([0, 0]);
  });
});

describe('an approval that is asked for', () => {
  it('is sent to the webhook and counted, and mailed to no customer', async () => {
    const { executionArn } = await stacks.call('states', 'StartExecution', {
      stateMachineArn: outputs.ExpenseMachineArn,
      input: JSON.stringify({
        expenseId: 'fan-3',
        amountCents: 1,
        currency: 'EUR',
        purpose: 'p',
        requester: { name: 'Ann', email: 'ann@example.com' },
      }),
    });
    const received = await until('webhook of the request', async () => {
      const { Items } = await stacks.call('dynamodb', 'Scan', { TableName: outputs.ReceivedWebhooksTableName });
      return Items.find(({ eventId }: any) => eventId.S.endsWith(':ApprovalRequested'));
    });
    const eventId = received.eventId.S;
    expect(JSON.parse(received.body.S)).toMatchObject({ type: 'ApprovalRequested', data: { status: 'pending' } });
    expect(received.body.S).not.toContain('ann@example.com');
    await delivery(eventId, 'mail', 'skipped');
    await until('row of analytics', () => row('AnalyticsTableName', { eventId }));
    await stacks.call('states', 'StopExecution', { executionArn });
  });
});

describe('the built-in receiver', () => {
  it('refuses what is not signed', async () => {
    const { Functions } = await stacks.call('lambda', 'ListFunctions', {});
    const { Environment } = Functions.find(({ FunctionName }: any) => FunctionName.includes('CallWebhook'));
    const url = Environment.Variables.WEBHOOK_URL;
    const headers = { 'webhook-id': 'x', 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}` };
    const signed = { ...headers, 'webhook-signature': 'v1,AAAA' };
    expect((await fetch(url, { method: 'POST', body: '{}', headers: signed })).status).toBe(401);
    expect(await row('ReceivedWebhooksTableName', { eventId: 'x' })).toBeUndefined();
  });
});
