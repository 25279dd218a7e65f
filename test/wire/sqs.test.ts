import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  type SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import type { SimulatedClock } from '../../local/kernel/simulated-clock';
import type { RunningGateway } from '../support/embedded';
import { SqsUnderTest } from '../support/sqs-client';

let under: SqsUnderTest;
let clock: SimulatedClock;
let running: RunningGateway;
let sqs: SQSClient;

const createQueue = (name: string, attributes?: Record<string, string>) => under.createQueue(name, attributes);
const send = (url: string, body: string, more?: object) => under.send(url, body, more);
const receive = (url: string, more?: object) => under.receive(url, more);
const attribute = (url: string, name: string) => under.attribute(url, name);

beforeEach(async () => {
  under = new SqsUnderTest();
  await under.start();
  ({ clock, running, sqs } = under);
});

afterEach(() => under.stop());

describe('queues', () => {
  it('are created once and found by name', async () => {
    const url = await createQueue('orders', { VisibilityTimeout: '60' });
    expect(url).toBe(`${running.url}/000000000000/orders`);
    expect(await createQueue('orders', { VisibilityTimeout: '60' })).toBe(url);
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).QueueUrl).toBe(url);
    expect(await attribute(url, 'VisibilityTimeout')).toBe('60');
    expect(await attribute(url, 'QueueArn')).toBe('arn:aws:sqs:us-east-1:000000000000:orders');
  });

  it('rejects a second queue of the same name with other attributes', async () => {
    await createQueue('orders');
    await expect(createQueue('orders', { DelaySeconds: '5' })).rejects.toMatchObject({ name: 'QueueNameExists' });
  });

  it('are listed by prefix, in pages', async () => {
    for (const name of ['a-1', 'a-2', 'a-3', 'b-1']) await createQueue(name);
    const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'a-', MaxResults: 2 }));
    expect(first.QueueUrls?.map((url) => url.split('/').pop())).toEqual(['a-1', 'a-2']);
    const rest = await sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: 'a-', MaxResults: 2, NextToken: first.NextToken }),
    );
    expect(rest.QueueUrls?.map((url) => url.split('/').pop())).toEqual(['a-3']);
    expect(rest.NextToken).toBeUndefined();
  });

  it('rejects names, attribute names and values as AWS does', async () => {
    await expect(createQueue('no spaces')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(createQueue('a', { Colour: 'red' })).rejects.toMatchObject({
      name: 'InvalidAttributeName',
      message: 'Unknown Attribute Colour.',
    });
    await expect(createQueue('a', { VisibilityTimeout: '43201' })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
      message: 'Invalid value for the parameter VisibilityTimeout.',
    });
  });

  it('rejects a queue that does not exist with the code of the query protocol beside the new name', async () => {
    const QueueUrl = `${running.url}/000000000000/nowhere`;
    await expect(send(QueueUrl, 'x')).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist.',
    });
  });

  it('rejects a name for a minute after its queue was deleted', async () => {
    const QueueUrl = await createQueue('orders');
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await expect(createQueue('orders')).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
    await clock.turn(60_000);
    await expect(createQueue('orders')).resolves.toBe(QueueUrl);
  });

  it('keep tags', async () => {
    const QueueUrl = await createQueue('orders');
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { project: 'stepwright', stage: 'dev' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ project: 'stepwright' });
  });

  it('are emptied by a purge, once a minute', async () => {
    const QueueUrl = await createQueue('orders');
    await send(QueueUrl, 'x');
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await receive(QueueUrl)).toEqual([]);
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
  });
});

describe('messages', () => {
  it('come back with body, attributes and digests that the SDK accepts', async () => {
    const QueueUrl = await createQueue('orders');
    const MessageAttributes = {
      reason: { DataType: 'String', StringValue: 'späť' },
      count: { DataType: 'Number', StringValue: '3' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 7]) },
    };
    const sent = await send(QueueUrl, 'héllo', { MessageAttributes });
    const [message] = await receive(QueueUrl, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: 'héllo', MD5OfBody: sent.MD5OfMessageBody });
    expect(message!.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    expect(message!.MessageAttributes).toMatchObject(MessageAttributes);
    expect(message!.Attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      SentTimestamp: String(clock.now()),
      ApproximateFirstReceiveTimestamp: String(clock.now()),
      SenderId: 'local',
    });
  });

  it('are hidden for the visibility timeout and then come again', async () => {
    const QueueUrl = await createQueue('orders', { VisibilityTimeout: '30' });
    await send(QueueUrl, 'x');
    const [first] = await receive(QueueUrl);
    await clock.turn(29_999);
    expect(await receive(QueueUrl)).toEqual([]);
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('1');
    await clock.turn(1);
    const [second] = await receive(QueueUrl, { AttributeNames: ['ApproximateReceiveCount'] });
    expect(second!.MessageId).toBe(first!.MessageId);
    expect(second!.Attributes).toEqual({ ApproximateReceiveCount: '2' });
    expect(second!.ReceiptHandle).not.toBe(first!.ReceiptHandle);
  });

  it('stay when the receipt handle of an earlier receive is deleted, and go with the latest one', async () => {
    const QueueUrl = await createQueue('orders', { VisibilityTimeout: '1' });
    await send(QueueUrl, 'x');
    const [first] = await receive(QueueUrl);
    await clock.turn(1000);
    const [second] = await receive(QueueUrl, { VisibilityTimeout: 10 });
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle }));
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('1');
    await clock.turn(10_000);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second!.ReceiptHandle }));
    expect(await receive(QueueUrl)).toEqual([]);
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('0');
  });

  it('rejects a receipt handle of another queue', async () => {
    const [one, other] = [await createQueue('one'), await createQueue('other')];
    await send(one, 'x');
    const [message] = await receive(one);
    const { ReceiptHandle } = message!;
    await expect(sqs.send(new DeleteMessageCommand({ QueueUrl: other, ReceiptHandle }))).rejects.toMatchObject({
      name: 'ReceiptHandleIsInvalid',
    });
  });

  it('wait out a delay of their own or of the queue', async () => {
    const QueueUrl = await createQueue('orders', { DelaySeconds: '10' });
    await send(QueueUrl, 'late');
    await send(QueueUrl, 'now', { DelaySeconds: 0 });
    expect((await receive(QueueUrl)).map((m) => m.Body)).toEqual(['now']);
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesDelayed')).toBe('1');
    await clock.turn(10_000);
    expect((await receive(QueueUrl)).map((m) => m.Body)).toEqual(['late']);
  });

  it('go when they are older than the retention period', async () => {
    const QueueUrl = await createQueue('orders', { MessageRetentionPeriod: '60' });
    await send(QueueUrl, 'x');
    await clock.turn(59_999);
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('1');
    await clock.turn(1);
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('0');
    expect(await receive(QueueUrl)).toEqual([]);
  });

  it('keep their visibility as a consumer changes it, up to twelve hours', async () => {
    const QueueUrl = await createQueue('orders');
    await send(QueueUrl, 'x');
    const [message] = await receive(QueueUrl);
    const { ReceiptHandle } = message!;
    const change = (VisibilityTimeout: number) =>
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    await change(100);
    await clock.turn(99_000);
    expect(await receive(QueueUrl)).toEqual([]);
    await expect(change(43_200)).rejects.toMatchObject({ message: expect.stringContaining('beyond the limit') });
    await change(0);
    await expect(change(5)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    expect(await receive(QueueUrl)).toHaveLength(1);
  });

  it('rejects bodies that are empty, too large, or of characters that SQS does not take', async () => {
    const QueueUrl = await createQueue('orders', { MaximumMessageSize: '1024' });
    await expect(send(QueueUrl, '')).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(send(QueueUrl, 'é'.repeat(513))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    });
    await expect(send(QueueUrl, 'a\u0001b')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
    await expect(send(QueueUrl, 'x'.repeat(1024))).resolves.toBeDefined();
  });

  it('rejects more than ten at a time, a wait over twenty seconds, a delay over fifteen minutes', async () => {
    const QueueUrl = await createQueue('orders');
    await expect(receive(QueueUrl, { MaxNumberOfMessages: 11 })).rejects.toMatchObject({
      message: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    });
    await expect(receive(QueueUrl, { WaitTimeSeconds: 21 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(send(QueueUrl, 'x', { DelaySeconds: 901 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('batches', () => {
  it('answer for every entry by itself', async () => {
    const QueueUrl = await createQueue('orders');
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'a' },
          { Id: 'bad', MessageBody: 'b', DelaySeconds: 1000 },
        ],
      }),
    );
    expect(sent.Successful?.map((entry) => entry.Id)).toEqual(['good']);
    expect(sent.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const [message] = await receive(QueueUrl);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: '1', ReceiptHandle: message!.ReceiptHandle },
          { Id: '2', ReceiptHandle: 'nonsense' },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: '1' }]);
    expect(deleted.Failed).toMatchObject([{ Id: '2', Code: 'ReceiptHandleIsInvalid' }]);
  });

  it('rejects a batch that is empty, too long, too large or with an id twice', async () => {
    const QueueUrl = await createQueue('orders');
    const batch = (Entries: { Id: string; MessageBody: string }[]) =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const entries = (count: number, MessageBody = 'x') =>
      Array.from({ length: count }, (_, index) => ({ Id: `e${index}`, MessageBody }));
    await expect(batch([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
    await expect(batch(entries(11))).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
    await expect(batch([...entries(1), ...entries(1)])).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
    await expect(batch([{ Id: 'a b', MessageBody: 'x' }])).rejects.toMatchObject({ name: 'InvalidBatchEntryId' });
    await expect(batch(entries(2, 'x'.repeat(600_000)))).rejects.toMatchObject({
      name: 'BatchRequestTooLong',
      message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1200000 bytes.',
    });
  });
});
