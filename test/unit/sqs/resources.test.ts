import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createSqsService } from '../../../local/services/sqs/router';
import { Gateway } from '../../../local/wire/gateway';
import type { ResourceContext, ResourceProvider } from '../../../local/wire/resource-provider';
import type { Service } from '../../../local/wire/service';

const context: ResourceContext = {
  stackName: 'orders',
  logicalId: 'Queue',
  accountId: '000000000000',
  region: 'us-east-1',
  isRollback: false,
  generateName: () => 'orders-Queue-1A2B',
  stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/orders/1',
  caller: { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' },
  assetPath: () => undefined,
  readAsset: async () => Buffer.alloc(0),
};
const arn = 'arn:aws:sqs:us-east-1:000000000000:orders-Queue-1A2B';
const url = 'http://127.0.0.1:4566/000000000000/orders-Queue-1A2B';

let service: Service;
let queues: ResourceProvider;
let policies: ResourceProvider;
let metrics: string[];

beforeEach(() => {
  const clock = new SimulatedClock();
  const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) } });
  gateway.boundTo('http://127.0.0.1:4566');
  metrics = [];
  gateway.useMetricSink((_namespace, name, dimensions, value) =>
    metrics.push(`${dimensions.QueueName} ${name} ${value}`),
  );
  service = createSqsService(gateway);
  gateway.register(service);
  [queues, policies] = service.resources as [ResourceProvider, ResourceProvider];
});

const call = (action: string, input: object) =>
  service.actions[action]!.handle(input, {
    caller: { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' },
    requestId: 'r',
  });

const attributes = async () =>
  ((await call('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] })) as any).Attributes;

describe('AWS::SQS::Queue', () => {
  it('creates a queue with the attributes of the template, whose numbers may be texts', async () => {
    const result = await queues.create(
      {
        VisibilityTimeout: '90',
        MessageRetentionPeriod: 3600,
        SqsManagedSseEnabled: true,
        Tags: [{ Key: 'a', Value: 'b' }],
      },
      context,
    );
    expect(result).toEqual({
      physicalId: url,
      attributes: { Arn: arn, QueueName: 'orders-Queue-1A2B', QueueUrl: url },
    });
    expect(await attributes()).toMatchObject({ VisibilityTimeout: '90', MessageRetentionPeriod: '3600' });
    expect(await call('ListQueueTags', { QueueUrl: url })).toEqual({ Tags: { a: 'b' } });
  });

  it('changes attributes in place and sets those that are gone from the template back to their defaults', async () => {
    await queues.create({ VisibilityTimeout: 90, DelaySeconds: 5 }, context);
    await call('SendMessage', { QueueUrl: url, MessageBody: 'kept' });
    const result = await queues.update!(
      url,
      { VisibilityTimeout: 60 },
      { VisibilityTimeout: 90, DelaySeconds: 5 },
      context,
    );
    expect(result.physicalId).toBe(url);
    expect(await attributes()).toMatchObject({
      VisibilityTimeout: '60',
      DelaySeconds: '0',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  });

  it('is replaced when its name changes', async () => {
    await queues.create({}, context);
    const result = await queues.update!(url, { QueueName: 'other' }, {}, context);
    expect(result.physicalId).toBe('http://127.0.0.1:4566/000000000000/other');
  });

  it('can be created again right after it was deleted', async () => {
    await queues.create({}, context);
    await queues.delete(url, {}, context);
    expect(await queues.create({}, context)).toMatchObject({ physicalId: url });
  });

  it('creates a FIFO queue, whose generated name ends as it must, and replaces it by a standard one', async () => {
    const fifo = { FifoQueue: true, ContentBasedDeduplication: true };
    expect(await queues.create(fifo, context)).toMatchObject({
      physicalId: `${url}.fifo`,
      attributes: { QueueName: 'orders-Queue-1A2B.fifo' },
    });
    expect(await queues.update!(`${url}.fifo`, { FifoQueue: false }, fifo, context)).toMatchObject({ physicalId: url });
  });

  it('rejects values that SQS does not take', async () => {
    await expect(async () => queues.create({ VisibilityTimeout: 99_999 }, context)).rejects.toThrow(
      'Invalid value for the parameter VisibilityTimeout.',
    );
  });

  it('rejects a second queue of the same name', async () => {
    await queues.create({ QueueName: 'orders' }, context);
    await expect(async () => queues.create({ QueueName: 'orders' }, context)).rejects.toThrow('already exists');
  });
});

describe('AWS::SQS::QueuePolicy', () => {
  it('sets the policy that decides on calls, as one object for as long as it stays the same', async () => {
    await queues.create({}, context);
    const PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*' }] };
    const { physicalId } = await policies.create({ PolicyDocument, Queues: [url] }, context);
    const policy = service.resourcePolicy!(arn);
    expect(policy).toEqual(PolicyDocument);
    expect(service.resourcePolicy!(arn)).toBe(policy);
    await queues.update!(url, { VisibilityTimeout: 60 }, {}, context);
    expect(service.resourcePolicy!(arn)).toEqual(PolicyDocument);
    await policies.delete(physicalId, { PolicyDocument, Queues: [url] }, context);
    expect(service.resourcePolicy!(arn)).toBeUndefined();
  });
});

describe('metrics', () => {
  it('count messages at once, and say every minute how many there are and how old', async () => {
    const clock = new SimulatedClock();
    const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) } });
    gateway.boundTo('http://127.0.0.1:4566');
    gateway.useMetricSink((_namespace, name, dimensions, value) =>
      metrics.push(`${dimensions.QueueName} ${name} ${value}`),
    );
    service = createSqsService(gateway);
    await call('CreateQueue', { QueueName: 'orders-Queue-1A2B' });
    await call('SendMessage', { QueueUrl: url, MessageBody: 'x' });
    expect(metrics).toEqual(['orders-Queue-1A2B NumberOfMessagesSent 1', 'orders-Queue-1A2B SentMessageSize 1']);
    metrics = [];
    await clock.turn(60_000);
    expect(metrics).toEqual([
      'orders-Queue-1A2B ApproximateNumberOfMessagesVisible 1',
      'orders-Queue-1A2B ApproximateNumberOfMessagesNotVisible 0',
      'orders-Queue-1A2B ApproximateNumberOfMessagesDelayed 0',
      'orders-Queue-1A2B ApproximateAgeOfOldestMessage 60',
    ]);
    metrics = [];
    await call('PurgeQueue', { QueueUrl: url });
    await clock.turn(7 * 60 * 60_000);
    expect(metrics.length).toBeGreaterThan(0);
    metrics = [];
    await clock.turn(60 * 60_000);
    expect(metrics).toEqual([]);
  });

  it('go on for as long as a message lies in a queue that nobody uses', async () => {
    const clock = new SimulatedClock();
    const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) } });
    gateway.boundTo('http://127.0.0.1:4566');
    gateway.useMetricSink((_namespace, name, _dimensions, value) => metrics.push(`${name} ${value}`));
    service = createSqsService(gateway);
    await call('CreateQueue', { QueueName: 'orders-Queue-1A2B' });
    await call('SendMessage', { QueueUrl: url, MessageBody: 'x' });
    await clock.turn(8 * 60 * 60_000);
    metrics = [];
    await clock.turn(60_000);
    expect(metrics).toContain('ApproximateNumberOfMessagesVisible 1');
  });
});
