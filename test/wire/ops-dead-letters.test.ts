import { giveBack, receiveBatch } from '../../bin/commands/ops/dlq/receive';
import { deleteFrom, queueUrlOf, sendTo } from '../../bin/commands/ops/dlq/send';
import { SqsUnderTest } from '../support/sqs-client';

let under: SqsUnderTest;

beforeEach(async () => {
  under = new SqsUnderTest();
  await under.start();
});

afterEach(() => under.stop());

const bodiesIn = async (url: string) => (await receiveBatch(under.sqs, url)).map(({ body }) => body);

describe('dead letters that are sent again', () => {
  it('keep their attributes, but for the marks of what refused them', async () => {
    const dead = await under.createQueue('dead');
    const orders = await under.createQueue('orders');
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const MessageAttributes = { tenant: text('acme'), reason: text('no lines'), errorName: text('InvalidOrder') };
    await under.send(dead, 'one', { MessageAttributes });
    const [letter] = await receiveBatch(under.sqs, dead);
    await sendTo(under.sqs, orders, letter!);
    await deleteFrom(under.sqs, dead, letter!);
    const [again] = await receiveBatch(under.sqs, orders);
    expect(again!.body).toBe('one');
    expect(Object.keys(again!.attributes)).toEqual(['tenant']);
    expect(await under.attribute(dead, 'ApproximateNumberOfMessagesNotVisible')).toBe('0');
  });

  it('of a FIFO queue go to their groups in order, and once although they are sent twice', async () => {
    const fifo = { FifoQueue: 'true' };
    const dead = await under.createQueue('dead.fifo', fifo);
    const orders = await under.createQueue('orders.fifo', fifo);
    const bodies = ['a1', 'a2', 'b1'];
    // The same ids in both queues, as SQS has them when it has moved a message that failed.
    for (const MessageBody of bodies) {
      const place = { MessageGroupId: MessageBody[0]!, MessageDeduplicationId: MessageBody };
      await under.send(dead, MessageBody, place);
      await under.send(orders, `earlier ${MessageBody}`, place);
    }
    for (const earlier of await receiveBatch(under.sqs, orders)) await deleteFrom(under.sqs, orders, earlier);
    const letters = await receiveBatch(under.sqs, dead);
    for (const letter of [...letters, ...letters]) await sendTo(under.sqs, orders, letter);
    const arrived = await receiveBatch(under.sqs, orders);
    expect(arrived.map(({ body }) => body).filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2']);
    expect(arrived.map(({ body }) => body).sort()).toEqual(bodies);
    expect(arrived.map(({ groupId }) => groupId).sort()).toEqual(['a', 'a', 'b']);
  });

  it('can be received again at once when they are given back', async () => {
    const dead = await under.createQueue('dead');
    await under.send(dead, 'one');
    const letters = await receiveBatch(under.sqs, dead);
    await giveBack(under.sqs, dead, letters);
    expect(await bodiesIn(dead)).toEqual(['one']);
  });

  it('find a queue by its ARN', async () => {
    const url = await under.createQueue('orders');
    expect(await queueUrlOf(under.sqs, (await under.attribute(url, 'QueueArn')) as string)).toBe(url);
  });
});
