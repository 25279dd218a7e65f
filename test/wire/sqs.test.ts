import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createSqsService } from '../../local/services/sqs/router';
import { type RunningGateway, startGateway } from '../support/embedded';

let clock: SimulatedClock;
let running: RunningGateway;
let sqs: SQSClient;

beforeEach(async () => {
  clock = new SimulatedClock();
  running = await startGateway((host) => [createSqsService(host)], {
    kernel: { clock, random: new SeededRandom('sqs') },
  });
  sqs = new SQSClient(running.client);
});

afterEach(async () => {
  sqs.destroy();
  await running.close();
});

async function createQueue(QueueName: string, Attributes?: Record<string, string>): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl!;
}

const send = (QueueUrl: string, MessageBody: string, more: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

async function receive(QueueUrl: string, more: object = {}) {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }));
  return Messages ?? [];
}

async function attribute(QueueUrl: string, name: string): Promise<string | undefined> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return (Attributes as Record<string, string> | undefined)?.[name];
}

/** Lets requests that are on their way reach the service; they travel in real time, the clock stands still. */
async function untilWaiting(count: number): Promise<void> {
  for (let i = 0; i < 1000 && clock.nextAt() === undefined && count > 0; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

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

  it('rejects a FIFO queue with what to do instead', async () => {
    await expect(createQueue('orders.fifo')).rejects.toMatchObject({
      name: 'UnsupportedOperation',
      message: expect.stringContaining('standard queue'),
    });
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

describe('long polling', () => {
  it('gives a message to a waiting receiver at once, without the clock turning', async () => {
    const QueueUrl = await createQueue('orders', { ReceiveMessageWaitTimeSeconds: '20' });
    const waiting = receive(QueueUrl);
    await untilWaiting(1);
    const before = clock.now();
    await send(QueueUrl, 'x');
    expect((await waiting).map((m) => m.Body)).toEqual(['x']);
    expect(clock.now()).toBe(before);
  });

  it('ends with nothing when its time is over', async () => {
    const QueueUrl = await createQueue('orders');
    let isOver = false;
    const waiting = receive(QueueUrl, { WaitTimeSeconds: 5 }).finally(() => {
      isOver = true;
    });
    while (!isOver) await clock.turn(1000);
    expect(await waiting).toEqual([]);
  });

  it('wakes when a hidden message becomes visible', async () => {
    const QueueUrl = await createQueue('orders');
    await send(QueueUrl, 'x', { DelaySeconds: 3 });
    const startMs = clock.now();
    let got: unknown[] | undefined;
    void receive(QueueUrl, { WaitTimeSeconds: 20 }).then((messages) => {
      got = messages;
    });
    while (!got) await clock.turn(100);
    expect(got).toHaveLength(1);
    expect(clock.now() - startMs).toBeLessThan(20_000);
  });

  it('takes no message for a client that has gone away', async () => {
    const QueueUrl = await createQueue('orders');
    const abort = new AbortController();
    const gone = new Promise<void>((resolve) => {
      const service = running.gateway.serviceByName('sqs')!;
      const { handle } = service.actions.ReceiveMessage!;
      service.actions.ReceiveMessage!.handle = (input, call) => {
        call.signal!.addEventListener('abort', () => resolve());
        setImmediate(() => abort.abort());
        return handle(input, call);
      };
    });
    const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
    await expect(sqs.send(command, { abortSignal: abort.signal })).rejects.toThrow();
    await gone;
    await send(QueueUrl, 'x');
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('1');
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('0');
  });
});
