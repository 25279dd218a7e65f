import {
  CancelMessageMoveTaskCommand,
  DeleteQueueCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { SimulatedClock } from '../../local/kernel/simulated-clock';
import { SqsUnderTest } from '../support/sqs-client';

let under: SqsUnderTest;
let clock: SimulatedClock;
let sqs: SQSClient;

const createQueue = (name: string, attributes?: Record<string, string>) => under.createQueue(name, attributes);
const send = (url: string, body: string, more?: object) => under.send(url, body, more);
const receive = (url: string, more?: object) => under.receive(url, more);
const attribute = (url: string, name: string) => under.attribute(url, name);

beforeEach(async () => {
  under = new SqsUnderTest();
  await under.start();
  ({ clock, sqs } = under);
});

afterEach(() => under.stop());

describe('dead letters', () => {
  const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const redrive = (maxReceiveCount: number) => JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount });

  it('move with id and attributes once they were received too often', async () => {
    const dead = await createQueue('dead');
    const QueueUrl = await createQueue('orders', { VisibilityTimeout: '1', RedrivePolicy: redrive(2) });
    const MessageAttributes = { reason: { DataType: 'String', StringValue: 'why' } };
    const sent = await send(QueueUrl, 'x', { MessageAttributes });
    const sentAt = String(clock.now());
    for (let i = 0; i < 2; i++) {
      expect(await receive(QueueUrl)).toHaveLength(1);
      await clock.turn(1000);
    }
    expect(await receive(dead)).toEqual([]);
    expect(await receive(QueueUrl)).toEqual([]);
    const [letter] = await receive(dead, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(letter).toMatchObject({ MessageId: sent.MessageId, Body: 'x', MessageAttributes });
    expect(letter!.Attributes).toMatchObject({ DeadLetterQueueSourceArn: arnOf('orders'), SentTimestamp: sentAt });
    const { queueUrls } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));
    expect(queueUrls).toEqual([QueueUrl]);
  });

  it('rejects a redrive policy to a queue that does not exist or does not allow it', async () => {
    await expect(createQueue('orders', { RedrivePolicy: redrive(2) })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining('Dead letter target does not exist.'),
    });
    await createQueue('dead', { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }) });
    const QueueUrl = await createQueue('orders');
    const Attributes = { RedrivePolicy: redrive(2) };
    await expect(sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))).rejects.toMatchObject({
      message: expect.stringContaining('does not allow this source queue'),
    });
  });
});

describe('tasks that move dead letters', () => {
  const dead = 'arn:aws:sqs:us-east-1:000000000000:dead';
  const orders = 'arn:aws:sqs:us-east-1:000000000000:orders';
  let ordersUrl: string;
  let deadUrl: string;

  /** Leaves dead letters that came from the queue `orders`. */
  async function letDie(count: number): Promise<void> {
    deadUrl = await createQueue('dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 1 });
    ordersUrl = await createQueue('orders', { VisibilityTimeout: '0', RedrivePolicy });
    for (let i = 0; i < count; i++) await send(ordersUrl, `m${i}`);
    while ((await receive(ordersUrl)).length > 0);
  }

  const start = (more: object = {}) => sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead, ...more }));
  const tasks = async () =>
    (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: dead, MaxResults: 10 }))).Results!;

  it('bring them back to the queue that they came from, as new messages', async () => {
    await letDie(3);
    await start();
    await clock.turn(1000);
    expect((await receive(ordersUrl)).map((message) => message.Body)).toEqual(['m0', 'm1', 'm2']);
    expect(await attribute(deadUrl, 'ApproximateNumberOfMessages')).toBe('0');
    expect(await tasks()).toMatchObject([
      { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3, ApproximateNumberOfMessagesToMove: 3 },
    ]);
  });

  it('move to another queue, as fast as they were told, until they are cancelled', async () => {
    await letDie(5);
    const other = await createQueue('other');
    const DestinationArn = 'arn:aws:sqs:us-east-1:000000000000:other';
    const { TaskHandle } = await start({ DestinationArn, MaxNumberOfMessagesPerSecond: 2 });
    await clock.turn(0);
    expect(await attribute(other, 'ApproximateNumberOfMessages')).toBe('2');
    await expect(start()).rejects.toMatchObject({ name: 'UnsupportedOperation' });
    await clock.turn(1000);
    const cancelled = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(4);
    await clock.turn(10_000);
    expect(await attribute(other, 'ApproximateNumberOfMessages')).toBe('4');
    expect(await tasks()).toMatchObject([{ Status: 'CANCELLED', MaxNumberOfMessagesPerSecond: 2 }]);
    await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toMatchObject({
      name: 'UnsupportedOperation',
    });
  });

  it('fail when a message never came from another queue', async () => {
    await letDie(0);
    await send(deadUrl, 'straight');
    await start();
    await clock.turn(1000);
    expect(await tasks()).toMatchObject([{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }]);
    expect(await attribute(deadUrl, 'ApproximateNumberOfMessages')).toBe('1');
  });

  it('fail when the queue that they move to is gone, and move nothing more', async () => {
    await letDie(3);
    const other = await createQueue('other');
    await start({ DestinationArn: 'arn:aws:sqs:us-east-1:000000000000:other', MaxNumberOfMessagesPerSecond: 1 });
    await clock.turn(0);
    await sqs.send(new DeleteQueueCommand({ QueueUrl: other }));
    await clock.turn(1000);
    expect(await tasks()).toMatchObject([{ Status: 'FAILED', ApproximateNumberOfMessagesMoved: 1 }]);
    expect(await attribute(deadUrl, 'ApproximateNumberOfMessages')).toBe('2');
  });

  it('rejects a destination of the other kind', async () => {
    await letDie(1);
    await createQueue('other.fifo', { FifoQueue: 'true' });
    await expect(start({ DestinationArn: 'arn:aws:sqs:us-east-1:000000000000:other.fifo' })).rejects.toMatchObject({
      name: 'UnsupportedOperation',
    });
  });

  it("rejects a queue that is nobody's dead-letter queue", async () => {
    await letDie(0);
    await expect(start({ SourceArn: orders })).rejects.toMatchObject({
      message: 'Source queue must be configured as a Dead Letter Queue.',
    });
    await expect(start({ SourceArn: `${orders}-not` })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
