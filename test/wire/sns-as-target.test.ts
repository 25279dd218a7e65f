import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createIamServices } from '../../local/services/iam/router';
import { createSchedulerService } from '../../local/services/scheduler/router';
import { createSnsService } from '../../local/services/sns/router';
import { createSqsService } from '../../local/services/sqs/router';
import { administrator, Gateway } from '../../local/wire/gateway';
import type { ResourceProvider } from '../../local/wire/resource-provider';

const ACCOUNT = '000000000000';
const origin = 'http://127.0.0.1:4566';
const topicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:orders`;
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

let clock: SimulatedClock;
let gateway: Gateway;
let warnings: string[];
let roles: ResourceProvider;

beforeEach(() => {
  clock = new SimulatedClock();
  warnings = [];
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) }, warn: (line) => warnings.push(line) });
  gateway.boundTo(origin);
  const { iam, authorizer } = createIamServices(gateway);
  gateway.useAuthorizer(authorizer);
  gateway.register(iam, createSnsService(gateway), createSqsService(gateway));
  gateway.register(createEventBridgeService(gateway), createSchedulerService(gateway));
  roles = iam.resources!.find(({ type }) => type === 'AWS::IAM::Role')!;
});

afterEach(() => gateway.stop());

const call = (service: string, action: string, input: object): Promise<any> =>
  gateway.call(administrator(ACCOUNT), service, action, input);

/** A queue that services may send to. */
async function queueFor(principal: string, QueueName: string, Attributes: Record<string, string> = {}): Promise<void> {
  const Resource = queueArn(QueueName);
  const statement = { Effect: 'Allow', Principal: { Service: principal }, Action: 'sqs:SendMessage', Resource };
  const Policy = JSON.stringify(policy(statement));
  await call('sqs', 'CreateQueue', { QueueName, Attributes: { ...Attributes, Policy } });
}

async function topicWithQueue(): Promise<void> {
  await call('sns', 'CreateTopic', { Name: 'orders' });
  await queueFor('sns.amazonaws.com', 'q');
  const Attributes = { RawMessageDelivery: 'true' };
  await call('sns', 'Subscribe', { TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn('q'), Attributes });
}

async function received(name: string): Promise<any[]> {
  const input = { QueueUrl: `${origin}/${ACCOUNT}/${name}`, MessageSystemAttributeNames: ['All'] };
  return (await call('sqs', 'ReceiveMessage', input)).Messages ?? [];
}

async function ruleFor(target: object): Promise<void> {
  await call('events', 'PutRule', { Name: 'placed', EventPattern: '{"source":["shop"]}' });
  await call('events', 'PutTargets', { Rule: 'placed', Targets: [{ Id: 't', InputPath: '$.detail', ...target }] });
  const event = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"id":"o-1"}' };
  await call('events', 'PutEvents', { Entries: [event] });
  await clock.turn(1000);
}

describe('a rule', () => {
  it('publishes to a topic that admits EventBridge, and says so when it does not', async () => {
    await topicWithQueue();
    await ruleFor({ Arn: topicArn });
    expect((await received('q')).map(({ Body }) => Body)).toEqual(['{"id":"o-1"}']);
    const AttributeValue = JSON.stringify(policy());
    await call('sns', 'SetTopicAttributes', { TopicArn: topicArn, AttributeName: 'Policy', AttributeValue });
    await ruleFor({ Arn: topicArn });
    expect(await received('q')).toEqual([]);
    expect(warnings.join()).toContain('NO_PERMISSIONS');
  });

  it('sends to a group of a FIFO queue, and rejects a target without one', async () => {
    await queueFor('events.amazonaws.com', 'q.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    await expect(ruleFor({ Arn: queueArn('q.fifo') })).rejects.toMatchObject({
      message: 'Parameter(s) SqsParameters must be specified for target: t.',
    });
    await ruleFor({ Arn: queueArn('q.fifo'), SqsParameters: { MessageGroupId: 'orders' } });
    expect(await received('q.fifo')).toMatchObject([
      { Body: '{"id":"o-1"}', Attributes: { MessageGroupId: 'orders' } },
    ]);
  });
});

it('a schedule publishes to a topic with its role', async () => {
  await topicWithQueue();
  const trust = { Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const grant = { Effect: 'Allow', Action: 'sns:Publish', Resource: topicArn };
  const { attributes } = await roles.create(
    {
      RoleName: 'caller',
      AssumeRolePolicyDocument: policy(trust),
      Policies: [{ PolicyName: 'p', PolicyDocument: policy(grant) }],
    },
    {} as never,
  );
  await call('scheduler', 'CreateSchedule', {
    Name: 'daily',
    ScheduleExpression: 'rate(1 day)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: topicArn, RoleArn: attributes!.Arn, Input: 'not JSON' },
  });
  await clock.turn(86_400_000);
  expect((await received('q'))[0]).toMatchObject({ Body: 'not JSON' });
});
