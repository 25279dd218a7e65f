import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  type Message,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { SimulatedClock } from '../../local/kernel/simulated-clock';
import { SqsUnderTest } from '../support/sqs-client';

let under: SqsUnderTest;
let clock: SimulatedClock;
let sqs: SQSClient;
let url: string;

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const createFifo = (name: string, attributes: Record<string, string> = {}) =>
  under.createQueue(name, { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes });
const send = (MessageBody: string, MessageGroupId: string, more: object = {}) =>
  under.send(url, MessageBody, { MessageGroupId, ...more });
const receive = (more: object = {}) => under.receive(url, more);
const bodies = async (more: object = {}) => (await receive(more)).map((message) => message.Body);
const remove = ({ ReceiptHandle }: Message) => sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));

beforeEach(async () => {
  under = new SqsUnderTest();
  await under.start();
  ({ clock, sqs } = under);
  url = await createFifo('orders.fifo');
});

afterEach(() => under.stop());

describe('the groups of a FIFO queue', () => {
  it('deliver in order, and nothing more of a group while one of its messages is in flight', async () => {
    for (const body of ['a1', 'a2', 'a3']) await send(body, 'a');
    await send('b1', 'b');
    const [first] = await receive({ MaxNumberOfMessages: 1 });
    expect(first!.Body).toBe('a1');
    expect(await bodies()).toEqual(['b1']);
    expect(await bodies()).toEqual([]);
    await remove(first!);
    expect(await bodies()).toEqual(['a2', 'a3']);
  });

  it('fill a receive with as much of one group as there is, then with others', async () => {
    await send('a1', 'a');
    await send('b1', 'b');
    await send('a2', 'a');
    expect(await bodies()).toEqual(['a1', 'a2', 'b1']);
  });

  it('begin again with the first message that came back, and wait for those still held', async () => {
    for (const body of ['1', '2', '3']) await send(body, 'a');
    const [first, second] = await receive({ MaxNumberOfMessages: 2 });
    const VisibilityTimeout = 0;
    const { ReceiptHandle } = first!;
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout }));
    expect(await bodies()).toEqual([]);
    await remove(second!);
    expect(await bodies()).toEqual(['1', '3']);
  });

  it('are given to a waiting receiver as soon as they are free', async () => {
    await send('1', 'a');
    await send('2', 'a');
    const [first] = await receive({ MaxNumberOfMessages: 1 });
    const waiting = bodies({ WaitTimeSeconds: 20 });
    await clock.turn(0);
    const Entries = [{ Id: 'x', ReceiptHandle: first!.ReceiptHandle! }];
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(await waiting).toEqual(['2']);
  });

  it('wait for the delay of the queue, which also changes for what lies there', async () => {
    const Attributes = { DelaySeconds: '60' };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    await send('1', 'a');
    await clock.turn(5000);
    expect(await bodies()).toEqual([]);
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { DelaySeconds: '5' } }));
    expect(await bodies()).toEqual(['1']);
  });

  it('reject the handle of a message whose visibility timeout has run out', async () => {
    await send('1', 'a');
    const [message] = await receive();
    await clock.turn(30_000);
    await expect(remove(message!)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining('The receipt handle has expired.'),
    });
  });
});

describe('a receive that is made again', () => {
  it('gets the same messages and handles for as long as nobody touched them, and holds them anew', async () => {
    await send('1', 'a');
    const [first] = await receive({ ReceiveRequestAttemptId: 'try' });
    await clock.turn(20_000);
    const [again] = await receive({ ReceiveRequestAttemptId: 'try' });
    expect(again!.ReceiptHandle).toBe(first!.ReceiptHandle);
    await clock.turn(20_000);
    expect(await receive()).toEqual([]);
    await remove(first!);
    await send('2', 'a');
    expect(await bodies({ ReceiveRequestAttemptId: 'try' })).toEqual(['2']);
  });
});

describe('deduplication', () => {
  it('answers a second message with the first one for five minutes, also when it was deleted', async () => {
    const first = await send('x', 'a', { MessageDeduplicationId: 'once' });
    await remove((await receive())[0]!);
    const second = await send('y', 'a', { MessageDeduplicationId: 'once' });
    expect([second.MessageId, second.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
    expect(await bodies()).toEqual([]);
    await clock.turn(5 * 60_000);
    await send('y', 'a', { MessageDeduplicationId: 'once' });
    expect(await bodies()).toEqual(['y']);
  });

  it('is by content where no id is given, for the whole queue or for a group', async () => {
    await send('x', 'a');
    await send('x', 'b');
    expect(await bodies()).toEqual(['x']);
    url = await createFifo('groups.fifo', {
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    await send('x', 'a');
    await send('x', 'b');
    await send('x', 'b');
    expect(await bodies()).toEqual(['x', 'x']);
  });

  it('holds within a batch', async () => {
    const Entries = ['1', '2'].map((Id) => ({ Id, MessageBody: 'same', MessageGroupId: 'a' }));
    const { Successful } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(new Set(Successful!.map(({ MessageId }) => MessageId)).size).toBe(1);
    expect(await bodies()).toEqual(['same']);
  });
});

describe('a message of a FIFO queue', () => {
  it('has a group, a deduplication id and a growing sequence number', async () => {
    const numbers = [(await send('1', 'a')).SequenceNumber!, (await send('2', 'a')).SequenceNumber!];
    expect(numbers[0]).toMatch(/^\d{20}$/);
    expect(numbers[1]! > numbers[0]!).toBe(true);
    const [message] = await receive({ MessageSystemAttributeNames: ['All'] });
    expect(message!.Attributes).toMatchObject({
      MessageGroupId: 'a',
      MessageDeduplicationId: '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',
      SequenceNumber: numbers[0],
    });
  });

  it.each([
    ['without a group', {}, 'MissingParameter', 'The request must contain the parameter MessageGroupId.'],
    ['with a group of spaces', { MessageGroupId: 'a b' }, 'InvalidParameterValue', 'MessageGroupId can only include'],
    ['with a delay of its own', { MessageGroupId: 'a', DelaySeconds: 1 }, 'InvalidParameterValue', 'this queue type'],
  ])('rejects one %s', async (_what, input, name, text) => {
    await expect(under.send(url, 'x', input)).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
  });

  it('rejects one without a deduplication id where none is made from the content', async () => {
    url = await createFifo('explicit.fifo', { ContentBasedDeduplication: 'false' });
    await expect(send('x', 'a')).rejects.toMatchObject({
      message: expect.stringContaining('ContentBasedDeduplication enabled or MessageDeduplicationId provided'),
    });
  });
});

describe('dead letters of a FIFO queue', () => {
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead.fifo'), maxReceiveCount: 1 });

  it('go to a FIFO queue in order, let the group go on, and can be moved back', async () => {
    const dead = await createFifo('dead.fifo');
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy, VisibilityTimeout: '1' } }),
    );
    for (const body of ['1', '2']) await send(body, 'a');
    await receive();
    await clock.turn(1000);
    await send('3', 'a');
    expect(await bodies()).toEqual(['3']);
    const letters = await under.receive(dead, { MessageSystemAttributeNames: ['All'], VisibilityTimeout: 0 });
    expect(letters.map((letter) => letter.Body)).toEqual(['1', '2']);
    expect(letters[0]!.Attributes).toMatchObject({ MessageDeduplicationId: letters[0]!.MessageId });
    await clock.turn(1000);
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '0' } }));
    await receive();
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead.fifo') }));
    await clock.turn(1000);
    const tasks = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('dead.fifo') }));
    expect(tasks.Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
    expect(await bodies()).toEqual(['1', '2', '3']);
  });

  it('rejects a dead-letter queue of the other kind', async () => {
    await under.createQueue('dead.fifo', { FifoQueue: 'true' });
    await expect(under.createQueue('plain', { RedrivePolicy })).rejects.toMatchObject({
      message: expect.stringContaining('same type of queue'),
    });
  });
});

describe('the attributes of a FIFO queue', () => {
  it('have their defaults', async () => {
    const standard = await under.createQueue('plain');
    expect(await under.attribute(url, 'FifoQueue')).toBe('true');
    expect(await under.attribute(url, 'DeduplicationScope')).toBe('queue');
    expect(await under.attribute(url, 'FifoThroughputLimit')).toBe('perQueue');
    expect(await under.attribute(standard, 'FifoQueue')).toBeUndefined();
  });

  it.each([
    ['x', { FifoQueue: 'true' }, 'InvalidParameterValue'],
    ['x.fifo', {}, 'InvalidParameterValue'],
    ['x', { FifoQueue: 'false' }, 'InvalidAttributeName'],
    ['x', { ContentBasedDeduplication: 'true' }, 'InvalidAttributeName'],
    ['x.fifo', { FifoQueue: 'true', FifoThroughputLimit: 'perMessageGroupId' }, 'InvalidAttributeValue'],
  ] as [string, Record<string, string>, string][])('rejects a queue %s with %p', async (name, attributes, code) => {
    await expect(under.createQueue(name, attributes)).rejects.toMatchObject({ name: code });
  });
});
