import { CreateEventBusCommand, type Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../local/wire/aws-error';
import {
  ACCOUNT,
  EventBridgeUnderTest,
  everything,
  functionArn,
  machineArn,
  queueArn,
} from '../support/event-bridge-client';

let bus: EventBridgeUnderTest;

beforeEach(async () => {
  bus = new EventBridgeUnderTest();
  await bus.start();
});

afterEach(() => bus.stop());

describe('targets', () => {
  it('are invoked as EventBridge for the rule: a function, asynchronously', async () => {
    await bus.rule('react', everything, [{ Arn: functionArn, InputPath: '$.detail' }]);
    await bus.put({ orderId: 'o-1' });
    expect(bus.calls).toEqual([]);
    await bus.clock.turn(10_000);
    const [call] = bus.calls;
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
    await bus.rule('start', everything, [{ Arn: machineArn, RoleArn }]);
    const { Entries } = await bus.put({ orderId: 'o-1' });
    await bus.clock.turn(10_000);
    expect(bus.calls[0]).toMatchObject({
      action: 'states:StartExecution',
      caller: { kind: 'role', roleArn: RoleArn },
      input: { stateMachineArn: machineArn, name: expect.stringContaining(Entries![0]!.EventId!) },
    });
    expect(JSON.parse(bus.calls[0]!.input.input).detail).toEqual({ orderId: 'o-1' });
  });

  it('take log lines: a log group', async () => {
    await bus.rule('log', everything, [{ Arn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/events/all` }]);
    await bus.put({ orderId: 'o-1' });
    await bus.clock.turn(10_000);
    expect(bus.calls.map((call) => call.action)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(bus.calls[1]!.input).toMatchObject({
      logGroupName: '/aws/events/all',
      logEvents: [{ timestamp: Date.UTC(2026, 0, 1), message: expect.stringContaining('o-1') }],
    });
  });

  it('get the same event: another bus', async () => {
    await bus.events.send(new CreateEventBusCommand({ Name: 'other' }));
    const url = await bus.queue('other');
    const Arn = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/other`;
    await bus.rule('forward', everything, [{ Arn, RoleArn: `arn:aws:iam::${ACCOUNT}:role/forward` }]);
    await bus.rule('collect', everything, [{ Arn: queueArn('other') }], 'other');
    const { Entries } = await bus.put({ orderId: 'o-1' });
    await bus.clock.turn(10_000);
    expect((await bus.messages(url)).map((m) => JSON.parse(m.Body!))).toMatchObject([{ id: Entries![0]!.EventId }]);
  });

  it('are tried again with growing pauses while they throttle', async () => {
    await bus.rule('react', everything, [{ Arn: functionArn }]);
    const attemptsAtMs: number[] = [];
    bus.answer = () => {
      attemptsAtMs.push(bus.clock.now());
      if (attemptsAtMs.length < 4) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
      return {};
    };
    await bus.put({});
    await bus.clock.turn(10_000);
    expect(attemptsAtMs).toHaveLength(4);
    const pauses = attemptsAtMs.slice(1).map((atMs, index) => atMs - attemptsAtMs[index]!);
    for (const [index, pauseMs] of pauses.entries()) {
      expect(pauseMs).toBeGreaterThanOrEqual(500 * 2 ** index);
      expect(pauseMs).toBeLessThanOrEqual(1000 * 2 ** index);
    }
  });

  it('lose an event to their dead-letter queue once the retry policy is exhausted', async () => {
    const url = await bus.queue('dead');
    await bus.rule('react', everything, [
      {
        Arn: functionArn,
        RetryPolicy: { MaximumRetryAttempts: 2 },
        DeadLetterConfig: { Arn: queueArn('dead') },
      },
    ]);
    bus.answer = () => {
      throw new AwsError('ServiceException', 'Broken.', 500);
    };
    await bus.put({ orderId: 'o-1' });
    await bus.clock.turn(10_000);
    expect(bus.calls).toHaveLength(3);
    const [letter] = await bus.messages(url);
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
    const url = await bus.queue('dead');
    await bus.rule('react', everything, [{ Arn: functionArn, DeadLetterConfig: { Arn: queueArn('dead') } }]);
    bus.answer = () => {
      throw new AwsError('AccessDeniedException', 'no', 403);
    };
    await bus.put({});
    await bus.clock.turn(10_000);
    expect(bus.calls).toHaveLength(1);
    expect((await bus.messages(url))[0]!.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      RETRY_ATTEMPTS: { StringValue: '0' },
    });
  });

  it('warns of an event that is dropped for want of a dead-letter queue', async () => {
    await bus.rule('lost', everything, [{ Arn: queueArn('nowhere') }]);
    await bus.put({});
    await bus.clock.turn(10_000);
    expect(bus.running.warnings.join()).toContain('NO_RESOURCE');
  });

  it('rejects what is not emulated, a sixth target and a state machine without a role', async () => {
    const more = (targets: object[]) => bus.rule('r', everything, targets as Target[]);
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
