import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createSqsService } from '../../../local/services/sqs/router';
import { Gateway } from '../../../local/wire/gateway';
import { MemoryJournal } from '../../support/memory-journal';

const clock = new SimulatedClock();
const origin = 'http://127.0.0.1:4566';

let journal: MemoryJournal;
let gateway: Gateway;
let processes = 0;

function begin(): void {
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(++processes) }, journal });
  gateway.boundTo(origin);
  const service = createSqsService(gateway);
  gateway.register(service);
  service.resume!();
}

/** The process dies between two turns, and another one begins over what it left. */
function restart(): void {
  journal = journal.reopened();
  begin();
}

const user = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' } as const;
const call = (action: string, input: object) => gateway.call(user, 'sqs', action, input);
const urlOf = (name: string) => `${origin}/000000000000/${name}`;
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const create = (QueueName: string, Attributes = {}) => call('CreateQueue', { QueueName, Attributes });
const send = (name: string, MessageBody: string, more = {}) =>
  call('SendMessage', { QueueUrl: urlOf(name), MessageBody, ...more });
const receive = async (name: string, more = {}): Promise<any[]> =>
  (await call('ReceiveMessage', { QueueUrl: urlOf(name), MaxNumberOfMessages: 10, ...more })).Messages ?? [];
const bodies = async (name: string) => (await receive(name)).map(({ Body }) => Body);
const counts = async (name: string) => {
  const { Attributes } = await call('GetQueueAttributes', { QueueUrl: urlOf(name), AttributeNames: ['All'] });
  return [Attributes.ApproximateNumberOfMessages, Attributes.ApproximateNumberOfMessagesNotVisible].map(Number);
};

beforeEach(() => {
  journal = new MemoryJournal();
  begin();
});

describe('SQS over a journal', () => {
  it('keeps queues, tags, messages and until when they are hidden', async () => {
    await create('orders', { VisibilityTimeout: '45' });
    await call('TagQueue', { QueueUrl: urlOf('orders'), Tags: { a: 'b' } });
    for (const body of ['1', '2', '3', '4']) await send('orders', body);
    await send('orders', 'late', { DelaySeconds: 30 });
    journal.commit();
    const [held, deleted] = await receive('orders', { MaxNumberOfMessages: 2 });
    await call('DeleteMessage', { QueueUrl: urlOf('orders'), ReceiptHandle: deleted.ReceiptHandle });
    restart();
    expect(await call('ListQueueTags', { QueueUrl: urlOf('orders') })).toEqual({ Tags: { a: 'b' } });
    expect(await counts('orders')).toEqual([2, 1]);
    await clock.turn(45_000);
    restart();
    expect(await bodies('orders')).toEqual(['3', '4', 'late', '1']);
    // The handle of before both restarts is an old one by now.
    await call('DeleteMessage', { QueueUrl: urlOf('orders'), ReceiptHandle: held.ReceiptHandle });
    expect(await counts('orders')).toEqual([0, 4]);
  });

  it('keeps the locks, the order and the deduplication of a FIFO queue', async () => {
    await create('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    const sent = [];
    for (const body of ['1', '2', '3']) sent.push(await send('orders.fifo', body, { MessageGroupId: 'a' }));
    journal.commit();
    const [first] = await receive('orders.fifo', { MaxNumberOfMessages: 1, ReceiveRequestAttemptId: 'try' });
    restart();
    expect(await bodies('orders.fifo')).toEqual([]);
    expect(await receive('orders.fifo', { ReceiveRequestAttemptId: 'try' })).toEqual([first]);
    expect((await send('orders.fifo', '3', { MessageGroupId: 'a' })).MessageId).toBe(sent[2].MessageId);
    const fourth = await send('orders.fifo', '4', { MessageGroupId: 'a' });
    expect(fourth.SequenceNumber > sent[2].SequenceNumber).toBe(true);
    await call('DeleteMessage', { QueueUrl: urlOf('orders.fifo'), ReceiptHandle: first.ReceiptHandle });
    restart();
    expect(await bodies('orders.fifo')).toEqual(['2', '3', '4']);
  });

  it('goes on with a task that moves dead letters, and keeps the name of a deleted queue for its minute', async () => {
    await create('dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
    await create('orders', { VisibilityTimeout: '0', RedrivePolicy });
    await create('gone');
    await call('DeleteQueue', { QueueUrl: urlOf('gone') });
    for (const body of ['1', '2', '3']) await send('orders', body);
    await receive('orders');
    await receive('orders');
    await call('StartMessageMoveTask', { SourceArn: arnOf('dead'), MaxNumberOfMessagesPerSecond: 1 });
    await clock.turn(0);
    restart();
    await expect(create('gone')).rejects.toMatchObject({ code: 'QueueDeletedRecently' });
    await clock.turn(5_000);
    const { Results } = await call('ListMessageMoveTasks', { SourceArn: arnOf('dead') });
    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
    expect((await counts('orders'))[0]).toBe(3);
  });

  it('leaves nothing behind of what was deleted, purged or too old', async () => {
    for (const name of ['deleted', 'purged', 'old']) {
      await create(name, { MessageRetentionPeriod: '60' });
      await send(name, 'x');
    }
    await call('DeleteQueue', { QueueUrl: urlOf('deleted') });
    await call('PurgeQueue', { QueueUrl: urlOf('purged') });
    await clock.turn(60_000);
    expect(await counts('old')).toEqual([0, 0]);
    journal.commit();
    expect([journal.count('sqs.messages'), journal.count('sqs.queues')]).toEqual([0, 2]);
  });
});
