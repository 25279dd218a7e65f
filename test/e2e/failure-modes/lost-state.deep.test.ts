import { assemblyWithSealedHistories } from '../../support/watched/changed-assembly';
import { FailureMode, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';

describe.each([
  ['whose history operators may read', false],
  ['whose history nobody may read, as in production', true],
])('an order that waits for an answer to a question that nobody was asked, %s', (_whose, isSealed) => {
  let mode: FailureMode;
  beforeAll(async () => {
    mode = await FailureMode.start({ assemblyFolder: isSealed ? assemblyWithSealedHistories() : undefined });
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
    expect(await canReadHistory('unasked')).toBe(!isSealed);
  });

  it('ends when what stands still is undone', async () => {
    // What nobody can look into is stopped once it has run for five minutes, and cannot be trying again any more.
    await mode.watched.turn(Math.max(0, mode.leftMs) + MINUTE_MS, 10_000);
    const { code, output } = await mode.watched.stacks.ops('stuck', 'list', '--before', '2m');
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('unasked') });
    await mode.ops('stuck', 'fix', '--before', '2m', '--yes');
    expect(await mode.wrongAfter(60 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['page orders: orders-stuck', 'ticket orders: orders-died']);
    expect(await mode.books.ends()).toMatchObject({ OrderCompensated: 1 });
  });

  /** Whether an administrator may read what the saga of an order did. */
  async function canReadHistory(orderId: string): Promise<boolean> {
    const { OrdersMachineArn } = mode.watched.stacks.orders;
    const executionArn = `${OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${orderId}`;
    try {
      await mode.watched.call('states', 'GetExecutionHistory', { executionArn });
      return true;
    } catch (error) {
      expect((error as { code?: string }).code).toBe('KmsAccessDeniedException');
      return false;
    }
  }

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
