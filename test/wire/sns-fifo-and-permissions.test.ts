import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createIamServices } from '../../local/services/iam/router';
import { createKmsService } from '../../local/services/kms/router';
import { createSnsService } from '../../local/services/sns/router';
import { createSqsService } from '../../local/services/sqs/router';
import type { Caller } from '../../local/wire/caller';
import { Gateway } from '../../local/wire/gateway';

const ACCOUNT = '000000000000';
const origin = 'http://127.0.0.1:4566';
const topicArn = (name: string) => `arn:aws:sns:us-east-1:${ACCOUNT}:${name}`;
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
const administrator: Caller = { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/local`, accountId: ACCOUNT };
const alarm: Caller = {
  kind: 'service',
  principal: 'cloudwatch.amazonaws.com',
  sourceArn: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:a`,
  accountId: ACCOUNT,
};

let clock: SimulatedClock;
let gateway: Gateway;
let warnings: string[];

beforeEach(() => {
  clock = new SimulatedClock();
  warnings = [];
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) }, warn: (line) => warnings.push(line) });
  gateway.boundTo(origin);
  gateway.useAuthorizer(createIamServices(gateway).authorizer);
  gateway.register(createSnsService(gateway), createSqsService(gateway), createKmsService(gateway));
});

const call = (service: string, action: string, input: object, caller: Caller = administrator): Promise<any> =>
  gateway.call(caller, service, action, input);
const publish = (name: string, input: object, caller: Caller = administrator) =>
  call('sns', 'Publish', { TopicArn: topicArn(name), ...input }, caller);

/** A queue whose policy admits what SNS delivers for a topic. */
async function queueFor(topic: string, QueueName: string, Attributes: Record<string, string> = {}): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn(QueueName),
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn(topic) } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await call('sqs', 'CreateQueue', { QueueName, Attributes: { ...Attributes, Policy } });
}

const subscribe = (topic: string, queue: string, Attributes = {}) =>
  call('sns', 'Subscribe', { TopicArn: topicArn(topic), Protocol: 'sqs', Endpoint: queueArn(queue), Attributes });

async function received(name: string): Promise<any[]> {
  const QueueUrl = `${origin}/${ACCOUNT}/${name}`;
  const input = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] };
  return (await call('sqs', 'ReceiveMessage', input)).Messages ?? [];
}

describe('a FIFO topic', () => {
  beforeEach(async () => {
    const Attributes = { FifoTopic: 'true', ContentBasedDeduplication: 'true' };
    await call('sns', 'CreateTopic', { Name: 'orders.fifo', Attributes });
  });

  it('delivers each group in order and each message once, with its place in the group', async () => {
    await queueFor('orders.fifo', 'q.fifo', { FifoQueue: 'true' });
    await subscribe('orders.fifo', 'q.fifo', { RawMessageDelivery: 'true' });
    const sent = [];
    for (const Message of ['1', '2', '2', '3'])
      sent.push(await publish('orders.fifo', { Message, MessageGroupId: 'a' }));
    await clock.turn(0);
    const messages = await received('q.fifo');
    expect(messages.map(({ Body }) => Body)).toEqual(['1', '2', '3']);
    expect(sent[2]).toEqual(sent[1]);
    expect(sent[0].SequenceNumber < sent[1].SequenceNumber).toBe(true);
    expect(messages[0].Attributes).toMatchObject({ MessageGroupId: 'a', MessageDeduplicationId: expect.any(String) });
  });

  it.each([
    [{ Message: 'x' }, 'The MessageGroupId parameter is required for FIFO topics'],
    [{ Message: 'x', MessageGroupId: 'a b' }, 'MessageGroupId can only include alphanumeric and punctuation'],
  ])('rejects %p', async (input, text) => {
    await expect(publish('orders.fifo', input)).rejects.toMatchObject({ message: expect.stringContaining(text) });
  });
});

describe('who may publish', () => {
  beforeEach(() => call('sns', 'CreateTopic', { Name: 'alarms' }));

  it('is CloudWatch by the default policy, and not any more once the topic has one without it', async () => {
    await publish('alarms', { Message: 'x' }, alarm);
    const deny = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sns:Publish',
      Resource: topicArn('alarms'),
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const set = (Statement: object[]) =>
      call('sns', 'SetTopicAttributes', {
        TopicArn: topicArn('alarms'),
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify({ Version: '2012-10-17', Statement }),
      });
    await set([deny]);
    await expect(publish('alarms', { Message: 'x' }, alarm)).rejects.toMatchObject({
      message: expect.stringContaining('because no resource-based policy allows the SNS:Publish action'),
    });
    const allow = { ...deny, Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: {} };
    await set([deny, allow]);
    await publish('alarms', { Message: 'x' }, alarm);
  });

  it('is no role without a grant of its own', async () => {
    const role: Caller = {
      kind: 'role',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/nobody/x`,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/nobody`,
      accountId: ACCOUNT,
    };
    await expect(publish('alarms', { Message: 'x' }, role)).rejects.toMatchObject({
      message: expect.stringContaining('because no identity-based policy allows the SNS:Publish action'),
    });
  });

  it('may use the key of an encrypted topic', async () => {
    const { KeyMetadata } = await call('kms', 'CreateKey', {});
    await call('sns', 'SetTopicAttributes', {
      TopicArn: topicArn('alarms'),
      AttributeName: 'KmsMasterKeyId',
      AttributeValue: KeyMetadata.Arn,
    });
    await publish('alarms', { Message: 'x' });
    await expect(publish('alarms', { Message: 'x' }, alarm)).rejects.toMatchObject({ code: 'KMSAccessDenied' });
  });
});

describe('a queue behind a topic', () => {
  it('gets nothing without a policy that admits SNS, and the loss is said aloud', async () => {
    await call('sns', 'CreateTopic', { Name: 'orders' });
    await call('sqs', 'CreateQueue', { QueueName: 'closed' });
    await queueFor('orders', 'open');
    await subscribe('orders', 'closed');
    await subscribe('orders', 'open');
    await publish('orders', { Message: 'x' });
    await clock.turn(0);
    expect([(await received('closed')).length, (await received('open')).length]).toEqual([0, 1]);
    expect(warnings.join()).toContain('could not deliver');
  });
});
