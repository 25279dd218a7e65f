import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createIamServices } from '../../local/services/iam/router';
import { createSqsService } from '../../local/services/sqs/router';
import type { Caller } from '../../local/wire/caller';
import { Gateway } from '../../local/wire/gateway';

const ACCOUNT = '000000000000';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
const ruleArn = `arn:aws:events:us-east-1:${ACCOUNT}:rule/placed`;
const administrator: Caller = { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/local`, accountId: ACCOUNT };
const url = (name: string) => `http://127.0.0.1:4566/${ACCOUNT}/${name}`;

let clock: SimulatedClock;
let gateway: Gateway;
let warnings: string[];

beforeEach(async () => {
  clock = new SimulatedClock();
  warnings = [];
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) }, warn: (line) => warnings.push(line) });
  gateway.boundTo('http://127.0.0.1:4566');
  gateway.useAuthorizer(createIamServices(gateway).authorizer);
  gateway.register(createSqsService(gateway), createEventBridgeService(gateway));
  for (const name of ['placed', 'dead']) await call('sqs', 'CreateQueue', { QueueName: name });
  await call('events', 'PutRule', { Name: 'placed', EventPattern: '{"source":["shop"]}' });
  const target = { Id: 't', Arn: queueArn('placed'), DeadLetterConfig: { Arn: queueArn('dead') } };
  await call('events', 'PutTargets', { Rule: 'placed', Targets: [target] });
});

const call = (service: string, action: string, input: object, caller: Caller = administrator) =>
  gateway.call(caller, service, action, input);

/** The policy that the CDK writes for a queue behind a rule. */
async function admit(name: string, sourceArn: string): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    Resource: queueArn(name),
    Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await call('sqs', 'SetQueueAttributes', { QueueUrl: url(name), Attributes: { Policy } });
}

async function place(): Promise<void> {
  await call('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: '{}' }] });
  await clock.turn(1000);
}

async function received(name: string): Promise<any[]> {
  const input = { QueueUrl: url(name), MessageAttributeNames: ['All'] };
  return (await call('sqs', 'ReceiveMessage', input)).Messages ?? [];
}

describe('a queue behind a rule', () => {
  it('takes the events of the rule that its policy names', async () => {
    await admit('placed', ruleArn);
    await place();
    expect(await received('placed')).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('rejects them when the policy names another rule, and the dead-letter queue says why', async () => {
    await admit('placed', `${ruleArn}-other`);
    await admit('dead', ruleArn);
    await place();
    expect(await received('placed')).toEqual([]);
    const [letter] = await received('dead');
    expect(letter.MessageAttributes).toMatchObject({
      RULE_ARN: { StringValue: ruleArn },
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      ERROR_MESSAGE: { StringValue: expect.stringContaining('sqs:sendmessage') },
    });
  });

  it('rejects them without any policy; the loss is said aloud when the dead-letter queue rejects them too', async () => {
    await place();
    expect([await received('placed'), await received('dead')]).toEqual([[], []]);
    expect(warnings.join()).toContain('did not take it either');
  });
});

describe('a role without a policy', () => {
  const role: Caller = {
    kind: 'role',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/nobody/x`,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/nobody`,
    accountId: ACCOUNT,
  };

  it.each<[string, string, object]>([
    ['sqs', 'SendMessage', { QueueUrl: url('placed'), MessageBody: 'x' }],
    ['sqs', 'ReceiveMessage', { QueueUrl: url('placed') }],
    ['events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'A', Detail: '{}' }] }],
    ['events', 'PutRule', { Name: 'placed', EventPattern: '{"source":["x"]}' }],
  ])('is rejected by %s %s', async (service, action, input) => {
    await expect(call(service, action, input, role)).rejects.toMatchObject({
      code: expect.stringMatching(/^AccessDenied/),
      message: expect.stringContaining(`is not authorized to perform: ${service}:`),
    });
  });
});
