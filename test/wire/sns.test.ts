import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createSnsService } from '../../local/services/sns/router';
import { createSqsService } from '../../local/services/sqs/router';
import { type RunningGateway, startGateway } from '../support/embedded';
import { type QueryAnswer, queryClient } from '../support/query-client';
import { recordingService } from '../support/recording-service';
import { createQueue, drain } from '../support/sqs-queues';

const ACCOUNT = '000000000000';
const arn = (name: string) => `arn:aws:sns:us-east-1:${ACCOUNT}:${name}`;
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;

const clock = new SimulatedClock();
const lambda = recordingService('lambda', { Invoke: () => ({ StatusCode: 202 }) });
let running: RunningGateway;
let sqs: SQSClient;
let call: (action: string, input?: Record<string, unknown>) => Promise<QueryAnswer>;

beforeEach(async () => {
  lambda.calls.length = 0;
  running = await startGateway((host) => [createSnsService(host), createSqsService(host), lambda], {
    kernel: { clock, random: new SeededRandom('sns') },
  });
  sqs = new SQSClient(running.client);
  call = queryClient(running.url, 'sns');
});

afterEach(async () => {
  sqs.destroy();
  await running.close();
});

/** A topic with a queue that is subscribed to it. */
async function subscribedQueue(name: string, attributes: Record<string, string> = {}): Promise<string> {
  await call('CreateTopic', { Name: 'orders' });
  const url = await createQueue(sqs, name);
  const answer = await call('Subscribe', {
    TopicArn: arn('orders'),
    Protocol: 'sqs',
    Endpoint: queueArn(name),
    Attributes: new Map(Object.entries(attributes)),
  });
  expect(answer.status).toBe(200);
  return url;
}

const publish = (input: Record<string, unknown>) => call('Publish', { TopicArn: arn('orders'), ...input });
const attribute = (DataType: string, StringValue: string) => ({ DataType, StringValue });

describe('topics', () => {
  it('are created once, described with their default policy, listed by pages, tagged and deleted', async () => {
    const first = await call('CreateTopic', { Name: 'orders', Tags: [{ Key: 'team', Value: 'a' }] });
    expect(first.text('TopicArn')).toBe(arn('orders'));
    expect((await call('CreateTopic', { Name: 'orders' })).text('TopicArn')).toBe(arn('orders'));
    const attributes = (await call('GetTopicAttributes', { TopicArn: arn('orders') })).entries();
    expect(attributes).toMatchObject({ Owner: ACCOUNT, SubscriptionsConfirmed: '0', TopicArn: arn('orders') });
    expect(JSON.parse(attributes.Policy!).Statement[0].Condition).toEqual({
      StringEquals: { 'AWS:SourceOwner': ACCOUNT },
    });
    for (let i = 0; i < 100; i++) await call('CreateTopic', { Name: `t${i}` });
    const page = await call('ListTopics');
    expect(page.texts('TopicArn')).toHaveLength(100);
    const rest = await call('ListTopics', { NextToken: page.text('NextToken') });
    expect([rest.texts('TopicArn').length, rest.text('NextToken')]).toEqual([1, undefined]);
    await call('TagResource', { ResourceArn: arn('orders'), Tags: [{ Key: 'cost', Value: '1' }] });
    await call('UntagResource', { ResourceArn: arn('orders'), TagKeys: ['team'] });
    expect((await call('ListTagsForResource', { ResourceArn: arn('orders') })).texts('Key')).toEqual(['cost']);
    expect((await call('DeleteTopic', { TopicArn: arn('orders') })).status).toBe(200);
    expect((await call('DeleteTopic', { TopicArn: arn('orders') })).status).toBe(200);
    expect(await call('GetTopicAttributes', { TopicArn: arn('orders') })).toMatchObject({ status: 404 });
  });

  it.each([
    ['CreateTopic', { Name: 'no spaces' }, 'InvalidParameter', 'Invalid parameter: Topic Name'],
    ['CreateTopic', { Name: 'a', Attributes: new Map([['FifoTopic', 'true']]) }, 'InvalidParameter', '.fifo'],
    ['Publish', { TopicArn: 'x', Message: 'm' }, 'InvalidParameter', 'An ARN must have at least 6 elements, not 1'],
    ['Publish', { TopicArn: arn('none'), Message: 'm' }, 'NotFound', 'Topic does not exist'],
    ['GetSubscriptionAttributes', { SubscriptionArn: `${arn('none')}:x` }, 'NotFound', 'Subscription does not exist'],
    ['Subscribe', { TopicArn: arn('none'), Protocol: 'sqs', Endpoint: 'x' }, 'NotFound', 'Topic does not exist'],
    ['NoSuchThing', {}, 'InvalidAction', 'NoSuchThing'],
  ] as [string, Record<string, unknown>, string, string][])('rejects %s %p', async (action, input, code, text) => {
    const answer = await call(action, input);
    expect(answer.text('Code')).toBe(code);
    expect(answer.text('Message')).toContain(text);
  });
});

describe('a message to a queue', () => {
  it('comes in an envelope, with its subject and attributes', async () => {
    const url = await subscribedQueue('q');
    const MessageAttributes = new Map<string, unknown>([['kind', attribute('String', 'new')]]);
    const answer = await publish({ Message: 'hello', Subject: 'greeting', MessageAttributes });
    await clock.turn(0);
    const [message] = await drain(sqs, url);
    expect(JSON.parse(message!.Body!)).toMatchObject({
      Type: 'Notification',
      MessageId: answer.text('MessageId'),
      TopicArn: arn('orders'),
      Subject: 'greeting',
      Message: 'hello',
      Timestamp: new Date(clock.now()).toISOString(),
      SignatureVersion: '1',
      MessageAttributes: { kind: { Type: 'String', Value: 'new' } },
    });
  });

  it('comes bare when it was asked for so, its attributes as those of the queue', async () => {
    const url = await subscribedQueue('q', { RawMessageDelivery: 'true' });
    const MessageAttributes = new Map<string, unknown>([['kind', attribute('Number', '7')]]);
    await publish({ Message: 'hello', MessageAttributes, MessageGroupId: 'tenant' });
    await clock.turn(0);
    expect(await drain(sqs, url)).toMatchObject([
      {
        Body: 'hello',
        MessageAttributes: { kind: { DataType: 'Number', StringValue: '7' } },
        Attributes: { MessageGroupId: 'tenant' },
      },
    ]);
  });

  it('may differ from protocol to protocol', async () => {
    const url = await subscribedQueue('q', { RawMessageDelivery: 'true' });
    const Message = JSON.stringify({ default: 'plain', sqs: 'for queues' });
    await publish({ Message, MessageStructure: 'json' });
    await clock.turn(0);
    expect((await drain(sqs, url)).map(({ Body }) => Body)).toEqual(['for queues']);
    const answer = await publish({ Message: '{"sqs":"x"}', MessageStructure: 'json' });
    expect(answer.text('Message')).toContain('No default entry in JSON message body');
  });

  it('goes to the dead-letter queue when the queue is not there', async () => {
    const dead = await createQueue(sqs, 'dead');
    await call('CreateTopic', { Name: 'orders' });
    await call('Subscribe', {
      TopicArn: arn('orders'),
      Protocol: 'sqs',
      Endpoint: queueArn('gone'),
      Attributes: new Map([['RedrivePolicy', JSON.stringify({ deadLetterTargetArn: queueArn('dead') })]]),
    });
    await publish({ Message: 'lost' });
    await clock.turn(0);
    expect(JSON.parse((await drain(sqs, dead))[0]!.Body!)).toMatchObject({ Message: 'lost' });
  });
});

describe('a filter policy', () => {
  const byBody = { FilterPolicyScope: 'MessageBody' };

  it.each([
    [{ FilterPolicy: '{"kind":["new",{"prefix":"re"}]}' }, 'x', [['kind', 'String', 'reopened']], true],
    [{ FilterPolicy: '{"kind":[{"anything-but":"new"}]}' }, 'x', [['kind', 'String', 'new']], false],
    [{ FilterPolicy: '{"amount":[{"numeric":[">",100]}]}' }, 'x', [['amount', 'Number', '150']], true],
    [{ FilterPolicy: '{"tags":["b"]}' }, 'x', [['tags', 'String.Array', '["a","b"]']], true],
    [{ FilterPolicy: '{"kind":[{"exists":false}]}' }, 'x', [['kind', 'String', 'new']], false],
    [{ FilterPolicy: '{"$or":[{"a":["1"]},{"b":["1"]}]}' }, 'x', [['b', 'String', '1']], true],
    [{ FilterPolicy: '{"order":{"total":[{"numeric":["<",10]}]}}', ...byBody }, '{"order":{"total":5}}', [], true],
    [{ FilterPolicy: '{"order":{"total":[5]}}', ...byBody }, '{"order":{"total":6}}', [], false],
    [{ FilterPolicy: '{"a":["1"]}', ...byBody }, 'no JSON', [], false],
    [{ FilterPolicy: '{"a":["1"]}', ...byBody }, `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, [], false],
  ] as [Record<string, string>, string, string[][], boolean][])(
    '%#: %p decides',
    async (attributes, Message, given, isWanted) => {
      const url = await subscribedQueue('q', attributes);
      const MessageAttributes = new Map(given.map(([name, type, value]) => [name!, attribute(type!, value!)]));
      await publish({ Message, MessageAttributes });
      await clock.turn(0);
      expect(await drain(sqs, url)).toHaveLength(isWanted ? 1 : 0);
    },
  );

  it.each([
    ['{"a":"b"}', 'must be an object or an array'],
    ['{"a":{"b":["c"]}}', 'does not support nested filter policy'],
    ['{"a":[{"like":"b"}]}', 'Unrecognized match type like'],
    [`${'{"a":'.repeat(20_000)}["b"]${'}'.repeat(20_000)}`, 'too complex'],
    ['{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}', 'more than 5 keys'],
  ])('%#: rejects one that is not', async (FilterPolicy, text) => {
    await call('CreateTopic', { Name: 'orders' });
    const answer = await call('Subscribe', {
      TopicArn: arn('orders'),
      Protocol: 'sqs',
      Endpoint: queueArn('q'),
      Attributes: new Map([['FilterPolicy', FilterPolicy]]),
    });
    expect(answer.text('Message')).toContain(text);
  });
});

describe('subscriptions', () => {
  it('are described, listed, changed and ended', async () => {
    await subscribedQueue('q');
    const [SubscriptionArn] = (await call('ListSubscriptions')).texts('SubscriptionArn');
    const AttributeName = 'RawMessageDelivery';
    await call('SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue: 'true' });
    expect((await call('GetSubscriptionAttributes', { SubscriptionArn })).entries()).toMatchObject({
      Protocol: 'sqs',
      Endpoint: queueArn('q'),
      PendingConfirmation: 'false',
      RawMessageDelivery: 'true',
    });
    const wrong = await call('SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue: 'maybe' });
    expect(wrong.text('Message')).toContain('Invalid value [maybe]. Must be true or false.');
    await call('Unsubscribe', { SubscriptionArn });
    const left = await call('ListSubscriptionsByTopic', { TopicArn: arn('orders') });
    expect(left.texts('SubscriptionArn')).toEqual([]);
  });

  it.each([
    ['fax', 'x', 'does not support this protocol string: fax'],
    ['email', 'nobody', 'Email address'],
    ['http', 'https://example.com', 'Endpoint must match the specified protocol'],
    ['sqs', `${queueArn('q')}.fifo`, 'FIFO SQS Queues can not be subscribed to standard SNS topics'],
  ])('rejects %s %s', async (Protocol, Endpoint, text) => {
    await call('CreateTopic', { Name: 'orders' });
    const answer = await call('Subscribe', { TopicArn: arn('orders'), Protocol, Endpoint });
    expect(answer.text('Message')).toContain(text);
  });

  it('invoke a function with an event', async () => {
    await call('CreateTopic', { Name: 'orders' });
    const Endpoint = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f`;
    await call('Subscribe', { TopicArn: arn('orders'), Protocol: 'lambda', Endpoint });
    await publish({ Message: 'hello' });
    await clock.turn(0);
    const [{ input, call: made }] = lambda.calls as any;
    expect(input).toMatchObject({ FunctionName: Endpoint, InvocationType: 'Event' });
    expect(made.caller).toMatchObject({ principal: 'sns.amazonaws.com', sourceArn: arn('orders') });
    expect(JSON.parse(input.Payload).Records).toMatchObject([
      { EventSource: 'aws:sns', EventVersion: '1.0', Sns: { Message: 'hello', Subject: null, MessageAttributes: {} } },
    ]);
  });
});

describe('a subscription by mail', () => {
  it('waits until its link was opened, and is read on a page', async () => {
    await call('CreateTopic', { Name: 'orders' });
    const asked = { TopicArn: arn('orders'), Protocol: 'email', Endpoint: 'me@example.com' };
    expect((await call('Subscribe', asked)).text('SubscriptionArn')).toBe('pending confirmation');
    expect((await call('ListSubscriptions')).text('SubscriptionArn')).toBe('PendingConfirmation');
    await publish({ Message: 'before' });
    await clock.turn(0);
    const page = await (await fetch(`${running.url}/sns`)).text();
    expect(page).toContain('Subscription Confirmation');
    const link = /href="([^"]+)"/.exec(page)![1]!.replaceAll('&amp;', '&');
    expect((await fetch(link.replace(/Token=\w+/, 'Token=0'))).status).not.toBe(200);
    expect((await fetch(link)).status).toBe(200);
    await publish({ Message: 'after <confirmation>', Subject: 'news' });
    await clock.turn(0);
    const mails = await (await fetch(`${running.url}/sns`)).text();
    expect(mails).toContain('after &lt;confirmation&gt;');
    expect(mails).not.toContain('before');
  });
});

describe('a subscription by HTTP', () => {
  let server: Server;
  let requests: { headers: IncomingMessage['headers']; body: string }[];
  let statuses: number[];

  beforeEach(async () => {
    requests = [];
    statuses = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        requests.push({ headers: request.headers, body });
        response.writeHead(statuses.shift() ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterEach(() => server.close());

  /** Turns the clock until so many requests have come in: an answer takes turns of the event loop, a retry takes time. */
  async function requested(count: number) {
    while (requests.length < count) await clock.turn(1000);
    return requests[count - 1]!;
  }

  it('asks for its confirmation, delivers, and tries again what the server did not take', async () => {
    const Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    await call('CreateTopic', { Name: 'orders' });
    await call('Subscribe', { TopicArn: arn('orders'), Protocol: 'http', Endpoint });
    const question = await requested(1);
    expect(question.headers['x-amz-sns-message-type']).toBe('SubscriptionConfirmation');
    const { Token, SubscribeURL } = JSON.parse(question.body);
    expect(SubscribeURL).toContain(Token);
    const confirmed = await call('ConfirmSubscription', { TopicArn: arn('orders'), Token });
    expect(confirmed.text('SubscriptionArn')).toMatch(/:orders:/);
    statuses = [503];
    await publish({ Message: 'hello' });
    const [first, second] = [await requested(2), await requested(3)];
    expect(JSON.parse(second.body)).toEqual(JSON.parse(first.body));
    expect(second.headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-subscription-arn': confirmed.text('SubscriptionArn'),
      'user-agent': 'Amazon Simple Notification Service Agent',
    });
  });
});
