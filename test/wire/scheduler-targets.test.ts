import { AwsError } from '../../local/wire/aws-error';
import { FUNCTION, ROLE, SchedulerUnderTest } from '../support/scheduler-client';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AT_ONE = 'at(2026-01-01T01:00:00)';
const SCHEDULE = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/s';

let aws: SchedulerUnderTest;
beforeEach(async () => {
  aws = new SchedulerUnderTest();
  await aws.start();
});
afterEach(() => aws.stop());
const counted = (name: string) => aws.metrics.filter((metric) => metric.name === name && metric.group === 'default');

describe('targets', () => {
  it('are called as the role of the target', async () => {
    await aws.create('s', AT_ONE, { Target: { Input: '{"order":1}' } });
    await aws.clock.turn(DAY_MS);
    expect(aws.calls('Invoke')).toEqual([
      expect.objectContaining({
        input: { FunctionName: FUNCTION, InvocationType: 'Event', Payload: Buffer.from('{"order":1}') },
        call: expect.objectContaining({ caller: expect.objectContaining({ kind: 'role', roleArn: ROLE }) }),
      }),
    ]);
  });

  it('get the context attributes that their input names', async () => {
    const Input = JSON.stringify({
      arn: '<aws.scheduler.schedule-arn>',
      time: '<aws.scheduler.scheduled-time>',
      id: '<aws.scheduler.execution-id>',
      attempt: '<aws.scheduler.attempt-number>',
      other: '<aws.scheduler.other>',
    });
    await aws.create('s', AT_ONE, { Target: { Input } });
    await aws.clock.turn(DAY_MS);
    expect(JSON.parse(aws.payloads()[0]!)).toEqual({
      arn: SCHEDULE,
      time: '2026-01-01T01:00:00Z',
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      attempt: '1',
      other: '<aws.scheduler.other>',
    });
  });

  it('without an input get a notification', async () => {
    await aws.create('s', AT_ONE, { Target: { Input: undefined } });
    await aws.clock.turn(DAY_MS);
    expect(JSON.parse(aws.payloads()[0]!)).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      time: '2026-01-01T01:00:00Z',
      resources: [SCHEDULE],
    });
  });

  it('may be queues, state machines, event buses, and any action by its name', async () => {
    const { url, arn } = await aws.queue('work');
    const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/shop';
    const universal = 'arn:aws:scheduler:::aws-sdk';
    await aws.create('queue', AT_ONE, { Target: { Arn: arn, Input: 'plain text' } });
    await aws.create('machine', AT_ONE, { Target: { Arn: machine, Input: '{"a":1}' } });
    await aws.create('bus', AT_ONE, {
      Target: { Arn: bus, Input: '{"a":2}', EventBridgeParameters: { DetailType: 'Due', Source: 'shop.clock' } },
    });
    await aws.create('sendMessage', AT_ONE, {
      Target: { Arn: `${universal}:sqs:sendMessage`, Input: JSON.stringify({ QueueUrl: url, MessageBody: 'direct' }) },
    });
    await aws.create('startExecution', AT_ONE, {
      Target: {
        Arn: `${universal}:sfn:startExecution`,
        Input: JSON.stringify({ StateMachineArn: machine, Name: 'n', Input: '{"Kept":"As it is"}' }),
      },
    });
    await aws.clock.turn(DAY_MS);
    expect((await aws.messages(url)).map(({ Body }) => Body).sort()).toEqual(['direct', 'plain text']);
    expect(aws.calls('StartExecution').map(({ input }) => input)).toEqual([
      { stateMachineArn: machine, input: '{"a":1}' },
      { stateMachineArn: machine, name: 'n', input: '{"Kept":"As it is"}' },
    ]);
    expect(aws.calls('PutEvents')[0]!.input).toEqual({
      Entries: [{ EventBusName: bus, DetailType: 'Due', Source: 'shop.clock', Detail: '{"a":2}' }],
    });
    expect(counted('InvocationAttemptCount')).toHaveLength(5);
  });
});

describe('a target that fails', () => {
  const failing = () => {
    throw new AwsError('ServiceException', 'out of order', 500);
  };

  it('is tried again with growing pauses until it succeeds', async () => {
    const attemptsAtSecond: number[] = [];
    aws.invoke = () => {
      attemptsAtSecond.push(Math.round((aws.clock.now() - Date.parse('2026-01-01T01:00:00Z')) / 1000));
      return attemptsAtSecond.length < 6 ? failing() : {};
    };
    await aws.create('s', AT_ONE, { ActionAfterCompletion: 'DELETE' });
    await aws.clock.turn(DAY_MS);
    expect(attemptsAtSecond).toHaveLength(6);
    const pauses = attemptsAtSecond.slice(1).map((second, index) => second - attemptsAtSecond[index]!);
    expect(pauses[4]).toBeGreaterThan(pauses[2]!);
    expect(aws.running.warnings.join()).toContain('out of order (ServiceException); it is tried again');
    expect(counted('TargetErrorCount')).toHaveLength(5);
    expect(counted('InvocationDroppedCount')).toHaveLength(0);
  });

  it('is given up after the retries that its policy grants, to the dead-letter queue', async () => {
    aws.invoke = failing;
    const { url, arn } = await aws.queue('dead');
    const RetryPolicy = { MaximumRetryAttempts: 2 };
    await aws.create('s', AT_ONE, { Target: { Input: '{"o":1}', RetryPolicy, DeadLetterConfig: { Arn: arn } } });
    await aws.clock.turn(DAY_MS);
    const [message] = await aws.messages(url);
    const attributes = Object.entries(message!.MessageAttributes!).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ]);
    expect(message!.Body).toBe('{"o":1}');
    expect(Object.fromEntries(attributes)).toEqual({
      ERROR_CODE: 'ServiceException',
      ERROR_MESSAGE: 'out of order',
      EXECUTION_ID: expect.stringMatching(/^[0-9a-f]{16}$/),
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: '2',
      SCHEDULED_TIME: '2026-01-01T01:00:00Z',
      SCHEDULE_ARN: SCHEDULE,
      TARGET_ARN: FUNCTION,
    });
    expect(counted('InvocationDroppedCount')).toHaveLength(1);
    expect(counted('InvocationsSentToDeadLetterCount')).toHaveLength(1);
  });

  it('is given up by default within a day and 185 retries', async () => {
    aws.invoke = failing;
    await aws.create('s', AT_ONE);
    await aws.clock.turn(2 * DAY_MS);
    const attempts = aws.calls('Invoke').length;
    expect(attempts).toBeGreaterThan(140);
    expect(attempts).toBeLessThanOrEqual(186);
    expect(aws.running.warnings.join()).toContain('the invocation is dropped');
  });

  it('is given up at the age that its policy names', async () => {
    aws.invoke = failing;
    const { url, arn } = await aws.queue('dead');
    const Target = { RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: arn } };
    await aws.create('s', AT_ONE, { Target });
    await aws.clock.turn(60 * MINUTE_MS + 61_000);
    const [message] = await aws.messages(url);
    expect(message!.MessageAttributes!.EXHAUSTED_RETRY_CONDITION!.StringValue).toBe('MaximumEventAgeInSeconds');
  });

  it('and whose dead-letter queue is not there is counted and told of', async () => {
    aws.invoke = failing;
    const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:000000000000:nowhere' };
    await aws.create('s', AT_ONE, { Target: { RetryPolicy: { MaximumRetryAttempts: 0 }, DeadLetterConfig } });
    await aws.clock.turn(DAY_MS);
    expect(counted('InvocationsFailedToBeSentToDeadLetterCount')).toHaveLength(1);
    expect(aws.running.warnings.join()).toContain(`nor did ${DeadLetterConfig.Arn} take it`);
  });
});
