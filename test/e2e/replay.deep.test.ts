import { type EmbeddedStacks, startStacks } from '../support/embedded-stacks';

/** What was on the orders' bus, given to it again. */
describe('a replay of the orders archive', () => {
  let stacks: EmbeddedStacks;
  beforeAll(async () => {
    stacks = await startStacks();
  });
  afterAll(() => stacks.embedded.stop());

  const until = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
    for (const endMs = Date.now() + 30_000; Date.now() < endMs; ) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error('What was waited for did not come.');
  };
  const row = async () => {
    const Key = { orderId: { S: 'replayed' } };
    return (await stacks.call('dynamodb', 'GetItem', { TableName: stacks.outputs.OrdersTableName, Key })).Item;
  };
  const stock = async () => {
    const Key = { sku: { S: 'lamp' } };
    return (await stacks.call('dynamodb', 'GetItem', { TableName: stacks.outputs.StockTableName, Key })).Item;
  };
  const probed = () =>
    until(async () => {
      const QueueUrl = stacks.outputs.OrderEventsProbeQueueUrl;
      const { Messages = [] } = await stacks.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 });
      if (Messages.length === 0) return undefined;
      await stacks.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle });
      return JSON.parse(Messages[0].Body);
    });

  it('reaches the rules again with the same ids, and changes no order that has its end', async () => {
    const { OrderArchiveArn, OrderBusArn } = stacks.outputs;
    await stacks.stock('lamp', 5);
    await stacks.publish({ orderId: 'replayed', lines: [{ sku: 'lamp', quantity: 1 }] });
    const first = await probed();
    const before = [await row(), await stock()];
    const ArchiveName = OrderArchiveArn!.split('/').pop();
    const archived = await stacks.call('events', 'DescribeArchive', { ArchiveName });
    expect(archived).toMatchObject({ EventSourceArn: OrderBusArn, RetentionDays: 7 });
    await stacks.call('events', 'StartReplay', {
      ReplayName: 'again',
      EventSourceArn: OrderArchiveArn,
      EventStartTime: 0,
      EventEndTime: Date.now() / 1000 + 60,
      Destination: { Arn: OrderBusArn },
    });
    expect(await probed()).toEqual({ ...first, 'replay-name': 'again' });
    await until(async () => {
      const { State } = await stacks.call('events', 'DescribeReplay', { ReplayName: 'again' });
      return State === 'COMPLETED' ? State : undefined;
    });
    expect((await stacks.call('events', 'DescribeArchive', { ArchiveName })).EventCount).toBe(archived.EventCount);
    expect([await row(), await stock()]).toEqual(before);
  });
});
