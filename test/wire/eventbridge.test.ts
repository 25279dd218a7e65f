import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createSqsService } from '../../local/services/sqs/router';
import { AwsError } from '../../local/wire/aws-error';
import type { CallContext } from '../../local/wire/caller';
import type { Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from '../support/embedded';

const ACCOUNT = '000000000000';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
const functionArn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:react`;
const machineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:orders`;

interface Call {
  action: string;
  input: any;
  caller: CallContext['caller'];
}

let clock: SimulatedClock;
let running: RunningGateway;
let events: EventBridgeClient;
let sqs: SQSClient;
/** What the neighbours that are not under test were asked, and what they answer. */
let calls: Call[];
let answer: (call: Call) => object;

/** A neighbour that records its calls. */
function neighbour(name: string, ...actions: string[]): Service {
  const record = (action: string) => ({
    handle: (input: any, { caller }: CallContext) => {
      const call = { action: `${name}:${action}`, input, caller };
      calls.push(call);
      return answer(call);
    },
  });
  return { name, protocols: [], actions: Object.fromEntries(actions.map((action) => [action, record(action)])) };
}

beforeEach(async () => {
  clock = new SimulatedClock();
  calls = [];
  answer = () => ({});
  running = await startGateway(
    (host) => [
      createSqsService(host),
      createEventBridgeService(host),
      neighbour('lambda', 'Invoke'),
      neighbour('states', 'StartExecution'),
      neighbour('logs', 'CreateLogStream', 'PutLogEvents'),
    ],
    { kernel: { clock, random: new SeededRandom('events') } },
  );
  events = new EventBridgeClient(running.client);
  sqs = new SQSClient(running.client);
});

afterEach(async () => {
  events.destroy();
  sqs.destroy();
  await running.close();
});

async function queue(QueueName: string): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl!;
}

async function messages(QueueUrl: string): Promise<Message[]> {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
  return (await sqs.send(command)).Messages ?? [];
}

async function rule(Name: string, EventPattern: object, targets: Omit<Target, 'Id'>[], EventBusName?: string) {
  await events.send(new PutRuleCommand({ Name, EventBusName, EventPattern: JSON.stringify(EventPattern) }));
  const Targets = targets.map((target, index) => ({ Id: `t${index}`, ...target })) as Target[];
  await events.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets }));
}

function put(detail: unknown, more: object = {}) {
  const entry = { Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(detail), ...more };
  return events.send(new PutEventsCommand({ Entries: [entry] }));
}

const everything = { source: [{ prefix: '' }] };

describe('PutEvents', () => {
  it('delivers a matching event to a queue with its envelope', async () => {
    await events.send(new CreateEventBusCommand({ Name: 'orders' }));
    const url = await queue('placed');
    await rule('placed', { 'detail-type': ['OrderPlaced'] }, [{ Arn: queueArn('placed') }], 'orders');
    const { Entries } = await put({ orderId: 'o-1' }, { EventBusName: 'orders', Resources: ['arn:x'] });
    await put({ orderId: 'o-2' }, { EventBusName: 'orders', DetailType: 'Other' });
    await put({ orderId: 'o-3' });
    await clock.turn(10_000);
    expect((await messages(url)).map((message) => JSON.parse(message.Body!))).toEqual([
      {
        version: '0',
        id: Entries![0]!.EventId,
        'detail-type': 'OrderPlaced',
        source: 'shop',
        account: ACCOUNT,
        time: '2026-01-01T00:00:00Z',
        region: 'us-east-1',
        resources: ['arn:x'],
        detail: { orderId: 'o-1' },
      },
    ]);
  });

  it('keeps the time that the producer gave', async () => {
    const url = await queue('all');
    await rule('all', everything, [{ Arn: queueArn('all') }]);
    await put({}, { Time: new Date('2020-02-03T04:05:06.789Z') });
    await clock.turn(10_000);
    expect(JSON.parse((await messages(url))[0]!.Body!).time).toBe('2020-02-03T04:05:06Z');
  });

  it('answers for each entry by itself', async () => {
    const result = await events.send(
      new PutEventsCommand({
        Entries: [
          { Source: 'shop', DetailType: 'A', Detail: '{}' },
          { Source: 'shop', DetailType: 'A', Detail: '{' },
          { Source: 'shop', Detail: '{}' },
          { Source: 'aws.states', DetailType: 'A', Detail: '{}' },
        ],
      }),
    );
    expect(result.FailedEntryCount).toBe(3);
    expect(result.Entries!.map((entry) => entry.ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
    ]);
    expect(result.Entries![2]!.ErrorMessage).toBe(
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    );
  });

  it('takes events of AWS from its services', async () => {
    const url = await queue('failed');
    await rule('failed', { source: ['aws.states'], detail: { status: ['FAILED'] } }, [{ Arn: queueArn('failed') }]);
    const states = { kind: 'service', principal: 'states.amazonaws.com', sourceArn: machineArn, accountId: ACCOUNT };
    const entry = { Source: 'aws.states', DetailType: 'Step Functions Execution Status Change' };
    await running.gateway.call(states as any, 'events', 'PutEvents', {
      Entries: [{ ...entry, Detail: '{"status":"FAILED"}', Resources: [machineArn] }],
    });
    await clock.turn(10_000);
    expect(await messages(url)).toHaveLength(1);
  });

  it('rejects more than ten entries and more than a megabyte', async () => {
    const entry = { Source: 'shop', DetailType: 'A', Detail: JSON.stringify({ text: 'x'.repeat(200_000) }) };
    await expect(events.send(new PutEventsCommand({ Entries: Array(11).fill(entry) }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(events.send(new PutEventsCommand({ Entries: Array(6).fill(entry) }))).rejects.toMatchObject({
      message: 'Total size of the entries in the request is over the limit.',
    });
  });

  it('warns that an event for a bus that is not there is lost', async () => {
    expect((await put({}, { EventBusName: 'nowhere' })).FailedEntryCount).toBe(0);
    expect(running.warnings.join()).toContain('there is no bus nowhere');
  });
});

describe('targets', () => {
  it('are invoked as EventBridge for the rule: a function, asynchronously', async () => {
    await rule('react', everything, [{ Arn: functionArn, InputPath: '$.detail' }]);
    await put({ orderId: 'o-1' });
    expect(calls).toEqual([]);
    await clock.turn(10_000);
    const [call] = calls;
    expect(call).toMatchObject({
      action: 'lambda:Invoke',
      caller: {
        kind: 'service',
        principal: 'events.amazonaws.com',
        sourceArn: `arn:aws:events:us-east-1:${ACCOUNT}:rule/react`,
      },
      input: { FunctionName: functionArn, InvocationType: 'Event' },
    });
    expect(call!.input.Payload.toString()).toBe('{"orderId":"o-1"}');
  });

  it('are started with the role of the target: a state machine, with a name made from the event', async () => {
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/starter`;
    await rule('start', everything, [{ Arn: machineArn, RoleArn }]);
    const { Entries } = await put({ orderId: 'o-1' });
    await clock.turn(10_000);
    expect(calls[0]).toMatchObject({
      action: 'states:StartExecution',
      caller: { kind: 'role', roleArn: RoleArn },
      input: { stateMachineArn: machineArn, name: expect.stringContaining(Entries![0]!.EventId!) },
    });
    expect(JSON.parse(calls[0]!.input.input).detail).toEqual({ orderId: 'o-1' });
  });

  it('take log lines: a log group', async () => {
    await rule('log', everything, [{ Arn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/events/all` }]);
    await put({ orderId: 'o-1' });
    await clock.turn(10_000);
    expect(calls.map((call) => call.action)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(calls[1]!.input).toMatchObject({
      logGroupName: '/aws/events/all',
      logEvents: [{ timestamp: Date.UTC(2026, 0, 1), message: expect.stringContaining('o-1') }],
    });
  });

  it('get the same event: another bus', async () => {
    await events.send(new CreateEventBusCommand({ Name: 'other' }));
    const url = await queue('other');
    const Arn = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/other`;
    await rule('forward', everything, [{ Arn, RoleArn: `arn:aws:iam::${ACCOUNT}:role/forward` }]);
    await rule('collect', everything, [{ Arn: queueArn('other') }], 'other');
    const { Entries } = await put({ orderId: 'o-1' });
    await clock.turn(10_000);
    expect((await messages(url)).map((m) => JSON.parse(m.Body!))).toMatchObject([{ id: Entries![0]!.EventId }]);
  });

  it('are tried again with growing pauses while they throttle', async () => {
    await rule('react', everything, [{ Arn: functionArn }]);
    const attemptsAtMs: number[] = [];
    answer = () => {
      attemptsAtMs.push(clock.now());
      if (attemptsAtMs.length < 4) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
      return {};
    };
    await put({});
    await clock.turn(10_000);
    expect(attemptsAtMs).toHaveLength(4);
    const pauses = attemptsAtMs.slice(1).map((atMs, index) => atMs - attemptsAtMs[index]!);
    for (const [index, pauseMs] of pauses.entries()) {
      expect(pauseMs).toBeGreaterThanOrEqual(500 * 2 ** index);
      expect(pauseMs).toBeLessThanOrEqual(1000 * 2 ** index);
    }
  });

  it('lose an event to their dead-letter queue once the retry policy is exhausted', async () => {
    const url = await queue('dead');
    await rule('react', everything, [
      {
        Arn: functionArn,
        RetryPolicy: { MaximumRetryAttempts: 2 },
        DeadLetterConfig: { Arn: queueArn('dead') },
      },
    ]);
    answer = () => {
      throw new AwsError('ServiceException', 'Broken.', 500);
    };
    await put({ orderId: 'o-1' });
    await clock.turn(10_000);
    expect(calls).toHaveLength(3);
    const [letter] = await messages(url);
    expect(JSON.parse(letter!.Body!).detail).toEqual({ orderId: 'o-1' });
    const attributes = Object.entries(letter!.MessageAttributes!).map(([name, value]) => [name, value.StringValue]);
    expect(Object.fromEntries(attributes)).toEqual({
      RULE_ARN: `arn:aws:events:us-east-1:${ACCOUNT}:rule/react`,
      TARGET_ARN: functionArn,
      ERROR_CODE: 'INTERNAL_ERROR',
      ERROR_MESSAGE: 'Broken.',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
    });
  });

  it('are not tried again without permission, and the event goes to the dead-letter queue at once', async () => {
    const url = await queue('dead');
    await rule('react', everything, [{ Arn: functionArn, DeadLetterConfig: { Arn: queueArn('dead') } }]);
    answer = () => {
      throw new AwsError('AccessDeniedException', 'no', 403);
    };
    await put({});
    await clock.turn(10_000);
    expect(calls).toHaveLength(1);
    expect((await messages(url))[0]!.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      RETRY_ATTEMPTS: { StringValue: '0' },
    });
  });

  it('warns of an event that is dropped for want of a dead-letter queue', async () => {
    await rule('lost', everything, [{ Arn: queueArn('nowhere') }]);
    await put({});
    await clock.turn(10_000);
    expect(running.warnings.join()).toContain('NO_RESOURCE');
  });

  it('rejects what is not emulated, a sixth target and a state machine without a role', async () => {
    const more = (targets: object[]) => rule('r', everything, targets as Target[]);
    await expect(more([{ Arn: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s` }])).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('is not emulated'),
    });
    await expect(more([{ Arn: machineArn }])).rejects.toMatchObject({
      message: `RoleArn is required for target ${machineArn}.`,
    });
    await expect(more(Array(6).fill({ Arn: functionArn }))).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('rules', () => {
  it('stand still while they are disabled', async () => {
    await rule('react', everything, [{ Arn: functionArn }]);
    await events.send(new DisableRuleCommand({ Name: 'react' }));
    await put({});
    await clock.turn(10_000);
    expect(calls).toEqual([]);
    expect((await events.send(new DescribeRuleCommand({ Name: 'react' }))).State).toBe('DISABLED');
  });

  it('keep their targets when they are put again, and lose those that are removed', async () => {
    await rule('react', everything, [{ Arn: functionArn }]);
    await events.send(new PutRuleCommand({ Name: 'react', EventPattern: '{"source":["x"]}' }));
    const list = () => events.send(new ListTargetsByRuleCommand({ Rule: 'react' }));
    expect((await list()).Targets).toEqual([{ Id: 't0', Arn: functionArn }]);
    const removed = await events.send(new RemoveTargetsCommand({ Rule: 'react', Ids: ['t0', 't9'] }));
    expect(removed.FailedEntries).toMatchObject([{ TargetId: 't9' }]);
    expect((await list()).Targets).toEqual([]);
  });

  it('rejects the deletion of a rule with targets and of a bus with rules', async () => {
    await events.send(new CreateEventBusCommand({ Name: 'orders' }));
    await rule('react', everything, [{ Arn: functionArn }], 'orders');
    const remove = new DeleteRuleCommand({ Name: 'react', EventBusName: 'orders' });
    await expect(events.send(remove)).rejects.toMatchObject({
      message: "Rule can't be deleted since it has targets.",
    });
    await expect(events.send(new DeleteEventBusCommand({ Name: 'orders' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('rejects a pattern in the words of AWS', async () => {
    const command = new PutRuleCommand({ Name: 'r', EventPattern: '{"source":"shop"}' });
    await expect(events.send(command)).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: 'Event pattern is not valid. Reason: "source" must be an object or an array',
    });
  });

  it('rejects a rule on a bus that is not there', async () => {
    const command = new PutRuleCommand({ Name: 'r', EventBusName: 'nowhere', EventPattern: '{"source":["x"]}' });
    await expect(events.send(command)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus nowhere does not exist.',
    });
  });

  it('fire on their schedule', async () => {
    await events.send(new PutRuleCommand({ Name: 'tick', ScheduleExpression: 'rate(5 minutes)' }));
    await events.send(new PutTargetsCommand({ Rule: 'tick', Targets: [{ Id: 't', Arn: functionArn }] }));
    await clock.turn(15 * 60_000);
    expect(calls).toHaveLength(3);
    expect(JSON.parse(calls[0]!.input.Payload)).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '2026-01-01T00:05:00Z',
    });
    await events.send(new DisableRuleCommand({ Name: 'tick' }));
    await clock.turn(15 * 60_000);
    expect(calls).toHaveLength(3);
  });

  it('can be tried out with an event', async () => {
    const Event = JSON.stringify({
      id: '1',
      account: ACCOUNT,
      source: 'shop',
      time: '2026-01-01T00:00:00Z',
      region: 'us-east-1',
      resources: [],
      'detail-type': 'A',
      detail: { total: 12 },
    });
    const test = async (EventPattern: string) =>
      (await events.send(new TestEventPatternCommand({ EventPattern, Event }))).Result;
    expect(await test('{"detail":{"total":[{"numeric":[">",10]}]}}')).toBe(true);
    expect(await test('{"detail":{"total":[{"numeric":[">",12]}]}}')).toBe(false);
  });
});
