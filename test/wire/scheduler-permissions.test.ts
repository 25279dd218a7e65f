import { CreateScheduleCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import type { Caller } from '../../local/wire/caller';

const ACCOUNT = '000000000000';
const administrator: Caller = { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/local`, accountId: ACCOUNT };
const GROUP_ARN = `arn:aws:scheduler:us-east-1:${ACCOUNT}:schedule-group`;
const HOUR_MS = 3_600_000;

let clock: SimulatedClock;
let aws: EmbeddedAws;
let warnings: string[];
beforeEach(async () => {
  clock = new SimulatedClock();
  warnings = [];
  const kernel = { clock, random: new SeededRandom('permissions') };
  aws = await startEmbeddedAws({ port: 0, kernel, warn: (line) => warnings.push(line) });
});
afterEach(() => aws.stop());

const call = (service: string, action: string, input: object): Promise<any> =>
  aws.gateway.call(administrator, service, action, input);
const trust = (Service: string, Condition?: object) => ({
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', Condition }],
});
const forGroup = (group: string) => ({
  StringEquals: { 'aws:SourceAccount': ACCOUNT },
  ArnLike: { 'aws:SourceArn': `${GROUP_ARN}/${group}` },
});
const role = (AssumeRolePolicyDocument: object, Statement?: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument,
    Policies: Statement && [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement } }],
  },
});
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** A queue, a group, and a schedule of it that sends to the queue. */
function template(grants: object[], condition = forGroup('reports'), schedule: object = {}) {
  return {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
      Group: {
        Type: 'AWS::Scheduler::ScheduleGroup',
        Properties: { Name: 'reports', Tags: [{ Key: 'a', Value: 'b' }] },
      },
      Role: role(trust('scheduler.amazonaws.com', condition), grants),
      Hourly: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          GroupName: { Ref: 'Group' },
          ScheduleExpression: 'cron(0 * * * ? *)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: arnOf('Queue'),
            RoleArn: arnOf('Role'),
            Input: 'due',
            RetryPolicy: { MaximumRetryAttempts: '1' },
          },
          ...schedule,
        },
      },
    },
    Outputs: { Name: { Value: { Ref: 'Hourly' } }, Arn: { Value: arnOf('Hourly') } },
  };
}
const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('Queue') };
const deploy = async (body: object) =>
  (await aws.cloudFormation.createStack({ stackName: 'stack', template: body as never })).done;
/** How many messages came since it was asked last. */
const received = async () => {
  const QueueUrl = `${aws.url}/${ACCOUNT}/work`;
  return (
    (await call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 })).Messages ??
    []
  ).length;
};

it('runs a schedule of a template as its role, and lets the template change and delete it', async () => {
  await deploy(template([send]));
  const [stack] = (await call('cloudformation', 'DescribeStacks', {})).Stacks;
  const outputs = Object.fromEntries(stack.Outputs.map((output: any) => [output.OutputKey, output.OutputValue]));
  expect(outputs.Arn).toBe(`arn:aws:scheduler:us-east-1:${ACCOUNT}:schedule/reports/${outputs.Name}`);
  await clock.turn(2 * HOUR_MS + 1);
  expect(await received()).toBe(3);

  const changed = template([send], forGroup('reports'), { State: 'DISABLED' });
  await (await aws.cloudFormation.updateStack({ stackName: 'stack', template: changed as never })).done;
  await clock.turn(HOUR_MS);
  expect(await received()).toBe(0);

  const moved = template([send], forGroup('default'), { GroupName: 'default', Name: 'moved' });
  await (await aws.cloudFormation.updateStack({ stackName: 'stack', template: moved as never })).done;
  const { Schedules } = await call('scheduler', 'ListSchedules', {});
  expect(Schedules.map(({ GroupName, Name }: any) => `${GroupName}/${Name}`)).toEqual(['default/moved']);
  await (await aws.cloudFormation.deleteStack('stack')).done;
  expect((await call('scheduler', 'ListSchedules', {})).Schedules).toEqual([]);
});

it('rejects a role that does not trust Scheduler for the group', async () => {
  await expect(deploy(template([send], forGroup('other')))).rejects.toThrow(
    'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  );
});

it('tells of a role that may not call the target, and drops the invocation', async () => {
  await deploy(template([]));
  await clock.turn(HOUR_MS - 1);
  expect(warnings.join('\n')).toMatch(/could not invoke .*:work: .*not authorized to perform: sqs:sendmessage/i);
  expect(warnings.join('\n')).toContain('the invocation is dropped');
});

describe('who makes a schedule', () => {
  const prepare = async (Statement: object[]) => {
    const body = {
      Resources: {
        Target: role(trust('scheduler.amazonaws.com')),
        Maker: role({ Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] }, Statement),
      },
      Outputs: { Target: { Value: arnOf('Target') }, Maker: { Value: arnOf('Maker') } },
    };
    await deploy(body);
    const [stack] = (await call('cloudformation', 'DescribeStacks', {})).Stacks;
    const outputs = Object.fromEntries(stack.Outputs.map((output: any) => [output.OutputKey, output.OutputValue]));
    const { Credentials } = await call('sts', 'AssumeRole', { RoleArn: outputs.Maker, RoleSessionName: 'maker' });
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials;
    const client = new SchedulerClient({
      endpoint: aws.url,
      region: aws.region,
      maxAttempts: 1,
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    });
    const create = (Name: string) =>
      client.send(
        new CreateScheduleCommand({
          Name,
          ScheduleExpression: 'rate(1 day)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:work`, RoleArn: outputs.Target, Input: 'x' },
        }),
      );
    return { client, create };
  };
  const make = {
    Effect: 'Allow',
    Action: 'scheduler:CreateSchedule',
    Resource: `arn:aws:scheduler:us-east-1:${ACCOUNT}:schedule/default/remind-*`,
  };
  const pass = (to: string) => ({
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: '*',
    Condition: { StringEquals: { 'iam:PassedToService': to } },
  });

  it('needs leave for the schedule and for its role', async () => {
    const { client, create } = await prepare([make, pass('scheduler.amazonaws.com')]);
    await create('remind-me');
    await expect(create('other')).rejects.toThrow(/not authorized to perform: scheduler:CreateSchedule on resource/);
    await expect(client.send(new GetScheduleCommand({ Name: 'remind-me' }))).rejects.toThrow(/scheduler:GetSchedule/);
  });

  it('fails without leave to pass the role to Scheduler', async () => {
    const { create } = await prepare([make, pass('states.amazonaws.com')]);
    await expect(create('remind-me')).rejects.toThrow(/not authorized to perform: iam:PassRole on resource/);
  });
});
