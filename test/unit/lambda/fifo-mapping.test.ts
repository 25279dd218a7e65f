import { createInlineFunction } from './inline-function';
import { type SimulatedLambda, startSimulatedLambda } from './simulated-lambda';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:orders.fifo';
let aws: SimulatedLambda;
let QueueUrl: string;

beforeEach(async () => {
  aws = await startSimulatedLambda();
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '30' };
  ({ QueueUrl } = await aws.call('sqs', 'CreateQueue', { QueueName: 'orders.fifo', Attributes }));
});

afterEach(() => aws.close());

const map = (settings: object = {}) =>
  aws.call('lambda', 'CreateEventSourceMapping', {
    FunctionName: 'consumer',
    EventSourceArn: QUEUE_ARN,
    ...settings,
  });

async function send(...messages: [group: string, body: string][]) {
  for (const [MessageGroupId, MessageBody] of messages) {
    await aws.call('sqs', 'SendMessage', { QueueUrl, MessageGroupId, MessageBody });
  }
}

/** A function that notes what it is called with, and when: several workers run it, and their logs come as they come. */
const consumer = (answer = 'undefined') =>
  createInlineFunction(
    aws.lambda,
    'consumer',
    `let n = 0; exports.handler = async (event) => {
      n++;
      process.stdout.write('RECORDED ' + JSON.stringify({ at: Number(process.hrtime.bigint()), ...event }) + '\\n');
      return ${answer};
    };`,
  );

/** What it was called with, in order. */
async function received(): Promise<any[]> {
  return (await aws.recorded('consumer')).sort((a, b) => a.at - b.at);
}

/** The bodies of each group, in the order in which the function got them. */
async function byGroup(): Promise<Record<string, string[]>> {
  const groups: Record<string, string[]> = {};
  for (const { Records } of await received()) {
    for (const { attributes, body } of Records) {
      groups[attributes.MessageGroupId] = [...(groups[attributes.MessageGroupId] ?? []), body];
    }
  }
  return groups;
}

describe('an event source mapping from a FIFO queue', () => {
  it('hands over the messages of each group in their order, with what FIFO adds to them', async () => {
    await consumer();
    await map({ BatchSize: 2 });
    await send(['a', 'a1'], ['b', 'b1'], ['a', 'a2'], ['a', 'a3'], ['b', 'b2']);
    await aws.turn(2_000);
    expect(await byGroup()).toEqual({ a: ['a1', 'a2', 'a3'], b: ['b1', 'b2'] });
    const [{ Records }] = await received();
    expect(Records[0].attributes).toMatchObject({
      MessageGroupId: 'a',
      MessageDeduplicationId: expect.any(String),
      SequenceNumber: expect.stringMatching(/^\d+$/),
    });
  });

  it('lets nothing of a group overtake what failed', async () => {
    await consumer("n === 1 ? (() => { throw new Error('not now'); })() : undefined");
    await map({ BatchSize: 1 });
    await send(['a', 'a1'], ['a', 'a2']);
    await aws.turn(10_000);
    expect(await byGroup()).toEqual({ a: ['a1'] });
    await aws.turn(40_000);
    expect(await byGroup()).toEqual({ a: ['a1', 'a1', 'a2'] });
  });

  it('brings back what a function reports as failed, and what stands behind it', async () => {
    const failed =
      '{ batchItemFailures: n === 1 ? event.Records.slice(1).map((r) => ({ itemIdentifier: r.messageId })) : [] }';
    await consumer(failed);
    await map({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await send(['a', 'a1'], ['a', 'a2'], ['a', 'a3']);
    await aws.turn(45_000);
    const bodies = (await received()).map(({ Records }) => Records.map(({ body }: any) => body));
    expect(bodies.flat().filter((body) => body === 'a1')).toHaveLength(1);
    expect(bodies.at(-1)!.at(-1)).toBe('a3');
  });

  it('lets nothing overtake either when the messages are too large for one invocation', async () => {
    const source = `exports.handler = async ({ Records }) => {
      const bodies = Records.map(({ body }) => body.slice(0, 2));
      process.stdout.write('RECORDED ' + JSON.stringify(bodies) + '\\n');
      if (bodies.includes('a1')) throw new Error('not now');
    };`;
    await createInlineFunction(aws.lambda, 'consumer', source);
    const large = (body: string): [string, string] => ['a', body + 'x'.repeat(900_000)];
    await send(...['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'].map(large));
    await map();
    await aws.turn(5_000);
    const [first, ...others] = await aws.recorded('consumer');
    expect(first.length).toBeLessThan(8);
    expect([first[0], others]).toEqual(['a1', []]);
  });

  it('keeps to MaximumConcurrency', async () => {
    await consumer();
    await map({ ScalingConfig: { MaximumConcurrency: 2 } });
    await send(['a', 'a1'], ['b', 'b1'], ['c', 'c1']);
    await aws.turn(2_000);
    expect(Object.keys(await byGroup()).sort()).toEqual(['a', 'b', 'c']);
  });

  it('rejects a batching window, and batches of more than ten', async () => {
    await consumer();
    await expect(map({ MaximumBatchingWindowInSeconds: 5 })).rejects.toThrow(
      'Batching window is not supported for FIFO queues',
    );
    await expect(map({ BatchSize: 11 })).rejects.toThrow(/batchSize/);
  });
});
