import { OpsStacks } from '../../support/ops-stacks';

let stacks: OpsStacks;

beforeAll(async () => {
  stacks = await OpsStacks.start();
  await stacks.stock('lamp', 100);
}, 240_000);
afterAll(() => stacks?.stop());

const outputOf = (name: string) => Object.values(stacks.stacks.deployed).find((outputs) => name in outputs)![name]!;

/** Places an order, waits until it has its end and the bus has told of it, and gives the id of that event. */
async function ended(orderId: string): Promise<string> {
  await stacks.place(orderId, 'lamp');
  await stacks.awaitOrder(orderId, 'OrderConfirmed');
  return `${orderId}-OrderConfirmed`;
}

/** Rows of the analytics, by the ids of their events. */
async function delivered(): Promise<string[]> {
  const { Items } = await stacks.call('dynamodb', 'Scan', { TableName: outputOf('AnalyticsTableName') });
  return Items.map(({ eventId }: any) => eventId.S as string);
}

const isDelivered = async (orderId: string) => (await delivered()).some((eventId) => eventId.includes(orderId));

/** The rule that starts deliveries of the orders' events, as the API names it. */
async function orderRule() {
  const EventBusName = stacks.orders.OrderBusName;
  const { Rules } = await stacks.call('events', 'ListRules', { EventBusName });
  const { Name } = Rules.find(({ Description }: any) => Description?.includes('customer, the webhook'));
  return { Name, EventBusName };
}

const stateOfRule = async () => (await stacks.call('events', 'DescribeRule', await orderRule())).State;

/** How many events the archive of the orders' bus holds. */
async function archivedEvents(): Promise<number> {
  const { Archives } = await stacks.call('events', 'ListArchives', { EventSourceArn: stacks.orders.OrderBusArn });
  return Archives[0].EventCount;
}

/** Waits until the event of an order's end, the second of its events, is archived. */
async function endedWhilePaused(orderId: string): Promise<void> {
  const before = await archivedEvents();
  await ended(orderId);
  await stacks.until(`the end of ${orderId} is archived`, async () => (await archivedEvents()) >= before + 2);
}

describe('npm run ops -- pause fan-out', () => {
  it('delivers nothing while it lasts, and everything after it, once', async () => {
    await ended('before-1');
    await stacks.until('the order before the pause is told', () => isDelivered('before-1'));
    const paused = await stacks.ops('pause', 'fan-out');
    expect(paused).toMatchObject({ code: 0, output: expect.stringContaining('The intake of fan-out is paused.') });
    expect(paused.output).toContain('The archives keep an event for 7 d');
    expect(await stateOfRule()).toBe('DISABLED');
    expect((await stacks.ops('pause', 'fan-out')).output).toContain('was paused already');
    await endedWhilePaused('meanwhile-1');
    expect(await isDelivered('meanwhile-1')).toBe(false);

    const resumed = await stacks.ops('resume', 'fan-out', '--archive-minutes', '0');
    expect(resumed).toMatchObject({ code: 0, output: expect.stringContaining('The intake of fan-out is open.') });
    await stacks.until('the order of the pause is told', () => isDelivered('meanwhile-1'));
    const ids = await delivered();
    expect(new Set(ids).size).toBe(ids.length);
    const [, , , fanOut] = await stacks.opsJson('intake');
    expect(fanOut.rules.map(({ state, paused: since }: any) => [state, since])).toEqual([
      ['Enabled', undefined],
      ['Enabled', undefined],
    ]);
    expect((await stacks.ops('resume', 'fan-out')).output).toContain('was not paused by this command');
  });

  it('replays what was missed when a deployment has turned the rule on meanwhile', async () => {
    await stacks.ops('pause', 'fan-out');
    await endedWhilePaused('meanwhile-2');
    await stacks.call('events', 'EnableRule', await orderRule());
    await ended('after-2');
    await stacks.until('the order after the deployment is told', () => isDelivered('after-2'));
    expect(await isDelivered('meanwhile-2')).toBe(false);
    await stacks.ops('resume', 'fan-out', '--archive-minutes', '0');
    await stacks.until('the order of the pause is told', () => isDelivered('meanwhile-2'));
  });

  it('takes up what a run began that was cut short before the replay', async () => {
    await stacks.ops('pause', 'fan-out');
    await endedWhilePaused('meanwhile-3');
    const CheckQueueUrl = outputOf('CheckQueueUrl');
    const { Tags } = await stacks.call('sqs', 'ListQueueTags', { QueueUrl: CheckQueueUrl });
    const [tag] = Object.keys(Tags).filter((name) => name.startsWith('stepwright:paused:'));
    await stacks.call('events', 'EnableRule', await orderRule());
    const resumed = tag!.replace(':paused:', ':resumed:');
    const value = `${new Date().toISOString()} somebody`;
    await stacks.call('sqs', 'TagQueue', { QueueUrl: CheckQueueUrl, Tags: { [resumed]: value } });
    expect((await stacks.ops('intake')).output).toContain('What came meanwhile is not replayed yet: resume again.');
    await stacks.ops('resume', 'fan-out', '--archive-minutes', '0');
    await stacks.until('the order of the pause is told', () => isDelivered('meanwhile-3'));
    const left = await stacks.call('sqs', 'ListQueueTags', { QueueUrl: CheckQueueUrl });
    expect(Object.keys(left.Tags ?? {}).filter((name) => name.startsWith('stepwright:'))).toEqual([]);
  });

  it('refuses where nothing keeps the events', async () => {
    const { Archives } = await stacks.call('events', 'ListArchives', { EventSourceArn: stacks.orders.OrderBusArn });
    const { ArchiveName } = Archives[0];
    const described = await stacks.call('events', 'DescribeArchive', { ArchiveName });
    await stacks.call('events', 'UpdateArchive', { ArchiveName, EventPattern: '{"source":["nobody"]}' });
    const { code, output } = await stacks.ops('pause', 'fan-out');
    expect({ code, output }).toEqual({ code: 2, output: expect.stringContaining('a pause would lose them') });
    expect(described.RetentionDays).toBe(7);
    expect(await stateOfRule()).toBe('ENABLED');
  });
});
