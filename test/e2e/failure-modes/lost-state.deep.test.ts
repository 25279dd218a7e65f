import { FailureMode, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';

describe('an order that waits for an answer to a question that nobody was asked', () => {
  let mode: FailureMode;
  beforeAll(async () => {
    mode = await FailureMode.start();
  }, 300_000);
  afterAll(() => mode?.stop());

  it('pages within five minutes', async () => {
    const asks = await mappingOf('ApprovalsQueueUrl');
    await mode.watched.call('lambda', 'UpdateEventSourceMapping', { UUID: asks, Enabled: false });
    await mode.watched.turn(MINUTE_MS);
    mode.begins();
    await mode.books.place('unasked', 'lathe');
    await mode.watched.turn(5000);
    // The message is lost between the machine and the function that opens requests.
    await mode.watched.call('sqs', 'PurgeQueue', { QueueUrl: mode.watched.stacks.approvals.ApprovalsQueueUrl });
    await mode.watched.call('lambda', 'UpdateEventSourceMapping', { UUID: asks, Enabled: true });
    expect(await mode.rings('orders-stuck')).toMatchObject({ severity: 'page', ...pageOf('orders-stuck') });
  });

  it('ends when what stands still is undone', async () => {
    const { code, output } = await mode.watched.stacks.ops('stuck', 'list', '--before', '1m');
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('unasked') });
    await mode.watched.stacks.ops('stuck', 'fix', '--before', '1m', '--yes');
    expect(await mode.wrongAfter(60 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['page orders: orders-stuck', 'ticket orders: orders-died']);
    expect(await mode.books.ends()).toMatchObject({ OrderCompensated: 1 });
  });

  /** The mapping that reads a queue of the approvals stack. */
  async function mappingOf(output: string): Promise<string> {
    const QueueUrl = mode.watched.stacks.approvals[output];
    const asked = { QueueUrl, AttributeNames: ['QueueArn'] };
    const { Attributes } = await mode.watched.call('sqs', 'GetQueueAttributes', asked);
    const EventSourceArn = Attributes.QueueArn;
    const { EventSourceMappings } = await mode.watched.call('lambda', 'ListEventSourceMappings', { EventSourceArn });
    return EventSourceMappings[0].UUID;
  }
});
