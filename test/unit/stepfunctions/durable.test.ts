import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createStepFunctionsService } from '../../../local/services/stepfunctions/router';
import { administrator, Gateway } from '../../../local/wire/gateway';
import type { Service } from '../../../local/wire/service';
import { MemoryJournal } from '../../support/memory-journal';
import { recordingService } from '../../support/recording-service';

const ROLE = 'arn:aws:iam::000000000000:role/machine';

/** Step Functions over a journal, on a clock that outlives its processes. */
class Life {
  readonly clock: SimulatedClock;
  readonly journal: MemoryJournal;
  private readonly gateway: Gateway;

  constructor(
    private readonly neighbours: Service[] = [],
    before?: { journal: MemoryJournal; clock: SimulatedClock },
  ) {
    this.journal = before?.journal ?? new MemoryJournal();
    this.clock = before?.clock ?? new SimulatedClock();
    const kernel = { clock: this.clock, random: new SeededRandom(`life ${this.clock.now()}`) };
    this.gateway = new Gateway({ kernel, journal: this.journal, warn: () => undefined });
    this.gateway.register(createStepFunctionsService(this.gateway), ...neighbours);
    void this.gateway.resume();
  }

  /** The process dies where it stands, and another one starts; `pauseMs` passes meanwhile. */
  async killed(pauseMs = 0): Promise<Life> {
    this.journal.commit();
    const journal = this.journal.killed();
    // The timers of the dead process must not fire.
    await this.gateway.stop();
    await this.clock.turn(pauseMs);
    return new Life(this.neighbours, { journal, clock: this.clock });
  }

  call(action: string, input: object = {}): Promise<any> {
    return this.gateway.call(administrator(this.gateway.accountId), 'states', action, input);
  }

  async start(states: object, input: unknown = {}, more: object = {}): Promise<string> {
    const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
    const { stateMachineArn } = await this.call('CreateStateMachine', {
      name: 'm',
      roleArn: ROLE,
      definition,
      ...more,
    });
    const { executionArn } = await this.call('StartExecution', {
      stateMachineArn,
      name: 'e',
      input: JSON.stringify(input),
    });
    await this.clock.turn(0);
    return executionArn;
  }

  describe(executionArn: string): Promise<any> {
    return this.call('DescribeExecution', { executionArn });
  }

  async eventTypes(executionArn: string): Promise<string[]> {
    const { events } = await this.call('GetExecutionHistory', { executionArn, maxResults: 1000 });
    expect(events.map(({ id }: { id: number }) => id)).toEqual(events.map((_: unknown, index: number) => index + 1));
    return events.map((event: { type: string }) => event.type);
  }
}

/** Asks a worker through a queue, and hands its token to the test. */
const ask = (more: object = {}) => ({
  Ask: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
    End: true,
    ...more,
  },
});

function queue() {
  const tokens: string[] = [];
  const service = recordingService('sqs', {
    SendMessage({ MessageBody }: { MessageBody: string }) {
      tokens.push(JSON.parse(MessageBody).token);
      return { MessageId: 'm', MD5OfMessageBody: 'x' };
    },
  });
  return { service, tokens };
}

describe('executions that outlive their process', () => {
  it('go on waiting until the time that was set, and keep history and input', async () => {
    let life = new Life();
    const arn = await life.start(
      { Wait: { Type: 'Wait', Seconds: 100, Next: 'Done' }, Done: { Type: 'Pass', End: true } },
      { n: 1 },
    );
    life = await life.killed(40_000);
    await life.clock.turn(59_000);
    expect((await life.describe(arn)).status).toBe('RUNNING');
    await life.clock.turn(1000);
    expect(await life.describe(arn)).toMatchObject({ status: 'SUCCEEDED', input: '{"n":1}', output: '{"n":1}' });
    life = await life.killed();
    expect(await life.eventTypes(arn)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('wake at once when their time has passed while nothing ran', async () => {
    let life = new Life();
    const arn = await life.start({ Wait: { Type: 'Wait', Seconds: 10, End: true } });
    life = await life.killed(3_600_000);
    await life.clock.turn(0);
    expect((await life.describe(arn)).status).toBe('SUCCEEDED');
  });

  it('keep their task tokens valid, and their timeouts', async () => {
    const { service, tokens } = queue();
    let life = new Life([service]);
    const arn = await life.start(ask({ TimeoutSeconds: 500, HeartbeatSeconds: 200 }));
    life = await life.killed(100_000);
    await life.call('SendTaskHeartbeat', { taskToken: tokens[0] });
    life = await life.killed(150_000);
    await life.call('SendTaskSuccess', { taskToken: tokens[0], output: '"yes"' });
    await life.clock.turn(0);
    expect(await life.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"yes"' });
    expect(tokens).toHaveLength(1);
    life = await life.killed();
    await expect(life.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
  });

  it('time out when nobody answers, also when that was due in between', async () => {
    const { service } = queue();
    let life = new Life([service]);
    const arn = await life.start(ask({ TimeoutSeconds: 500 }));
    life = await life.killed(600_000);
    await life.clock.turn(0);
    expect(await life.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('fail with Lambda.Unknown when a function was under way, which Retry takes', async () => {
    let calls = 0;
    const lambda = recordingService('lambda', {
      Invoke: () => (++calls < 2 ? new Promise(() => undefined) : { Payload: Buffer.from('"done"'), StatusCode: 200 }),
    });
    let life = new Life([lambda]);
    const arn = await life.start({
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:000000000000:function:work',
        Retry: [{ ErrorEquals: ['Lambda.Unknown'], IntervalSeconds: 5, MaxAttempts: 1 }],
        End: true,
      },
    });
    life = await life.killed();
    expect(calls).toBe(1);
    expect(await life.eventTypes(arn)).toContain('LambdaFunctionFailed');
    await life.clock.turn(5000);
    expect(await life.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
    expect(calls).toBe(2);
  });

  it('make a call of an embedded service again whose answer was not there: it had not happened', async () => {
    let calls = 0;
    const dynamodb = recordingService('dynamodb', {
      TransactWriteItems: () => (++calls < 2 ? new Promise(() => undefined) : {}),
    });
    let life = new Life([dynamodb]);
    const Resource = 'arn:aws:states:::aws-sdk:dynamodb:transactWriteItems';
    const arn = await life.start({ Write: { Type: 'Task', Resource, Parameters: { TransactItems: [1] }, End: true } });
    life = await life.killed();
    await life.clock.turn(0);
    expect((await life.describe(arn)).status).toBe('SUCCEEDED');
    expect(dynamodb.calls.map(({ input }) => input)).toEqual([{ TransactItems: [1] }, { TransactItems: [1] }]);
    expect((await life.eventTypes(arn)).filter((type) => type === 'TaskScheduled')).toHaveLength(1);
  });

  it('retry at the time that was set, with the attempts that are left', async () => {
    let calls = 0;
    const lambda = recordingService('lambda', {
      Invoke: () => ({
        FunctionError: 'Unhandled',
        Payload: Buffer.from(`{"errorType":"E${++calls}"}`),
        StatusCode: 200,
      }),
    });
    const retry = { ErrorEquals: ['States.ALL'], IntervalSeconds: 100, MaxAttempts: 2, BackoffRate: 1 };
    const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:work';
    let life = new Life([lambda]);
    const arn = await life.start({ Work: { Type: 'Task', Resource, Retry: [retry], End: true } });
    for (let attempt = 1; attempt <= 2; attempt++) {
      life = await life.killed(50_000);
      expect(calls).toBe(attempt);
      await life.clock.turn(50_000);
    }
    expect(await life.describe(arn)).toMatchObject({ status: 'FAILED', error: 'E3' });
  });

  it('wait for a nested execution without starting it again', async () => {
    let life = new Life();
    const child = await life.call('CreateStateMachine', {
      name: 'child',
      roleArn: ROLE,
      definition: JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } }),
    });
    const arn = await life.start({
      Nest: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Parameters: { StateMachineArn: child.stateMachineArn, Input: { from: 'parent' } },
        OutputPath: '$.Output',
        End: true,
      },
    });
    life = await life.killed(30_000);
    life = await life.killed(10_000);
    await life.clock.turn(20_000);
    expect(await life.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"from":"parent"}' });
    const { executions } = await life.call('ListExecutions', { stateMachineArn: child.stateMachineArn });
    expect(executions).toHaveLength(1);
  });

  it('go on in all branches and iterations', async () => {
    let life = new Life();
    const wait = (name: string, Seconds: number) => ({
      StartAt: name,
      States: { [name]: { Type: 'Wait', Seconds, End: true } },
    });
    const arn = await life.start(
      {
        Both: { Type: 'Parallel', Branches: [wait('A', 10), wait('B', 30)], Next: 'Each' },
        Each: { Type: 'Map', ItemsPath: '$[0]', MaxConcurrency: 1, ItemProcessor: wait('C', 10), End: true },
      },
      [1, 2, 3],
    );
    for (let second = 0; second < 70; second += 5) {
      life = await life.killed(2000);
      await life.clock.turn(3000);
    }
    expect(await life.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,3]' });
  });

  it('keep their names taken, and are listed with their machine', async () => {
    let life = new Life();
    const arn = await life.start({ Done: { Type: 'Succeed' } });
    life = await life.killed();
    const stateMachineArn = (await life.describe(arn)).stateMachineArn;
    await expect(life.call('StartExecution', { stateMachineArn, name: 'e', input: '{}' })).rejects.toMatchObject({
      code: 'ExecutionAlreadyExists',
    });
    const { executions } = await life.call('ListExecutions', { stateMachineArn });
    expect(executions).toMatchObject([{ executionArn: arn, status: 'SUCCEEDED' }]);
    await life.clock.turn(91 * 24 * 3600 * 1000);
    await expect(life.describe(arn)).rejects.toMatchObject({ code: 'ExecutionDoesNotExist' });
    life = await life.killed();
    for (const kind of ['executions', 'executionStates', 'executionEvents']) {
      expect(life.journal.count(`states.${kind}`)).toBe(0);
    }
  });

  it('can be redriven after they failed', async () => {
    let isFixed = false;
    const lambda = recordingService('lambda', {
      Invoke: () =>
        isFixed
          ? { Payload: Buffer.from('1'), StatusCode: 200 }
          : { FunctionError: 'Unhandled', Payload: Buffer.from('{"errorType":"Broken"}'), StatusCode: 200 },
    });
    const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:work';
    let life = new Life([lambda]);
    const arn = await life.start({ Work: { Type: 'Task', Resource, End: true } });
    life = await life.killed();
    isFixed = true;
    await life.call('RedriveExecution', { executionArn: arn });
    await life.clock.turn(0);
    life = await life.killed();
    expect(await life.describe(arn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  });

  it('begin when they had been admitted and no more', async () => {
    const life = new Life();
    const { stateMachineArn } = await life.call('CreateStateMachine', {
      name: 'm',
      roleArn: ROLE,
      definition: JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }),
    });
    const { executionArn } = await life.call('StartExecution', { stateMachineArn });
    // What the answer of StartExecution tells of is durable before the first state is run.
    const next = await life.killed();
    await next.clock.turn(0);
    expect((await next.describe(executionArn)).status).toBe('SUCCEEDED');
  });

  it('of type EXPRESS begin anew, and are forgotten when they have ended', async () => {
    let life = new Life();
    const wait = { Wait: { Type: 'Wait', Seconds: 10, Next: 'Tell' } };
    const events = recordingService('events', { PutEvents: () => ({ FailedEntryCount: 0, Entries: [{}] }) });
    life = new Life([events]);
    const Resource = 'arn:aws:states:::aws-sdk:eventbridge:putEvents';
    await life.start({ ...wait, Tell: { Type: 'Task', Resource, Parameters: {}, End: true } }, {}, { type: 'EXPRESS' });
    life = await life.killed(5000);
    await life.clock.turn(9000);
    expect(events.calls.filter(({ input }) => input.Entries === undefined)).toHaveLength(0);
    await life.clock.turn(1000);
    expect(events.calls.filter(({ input }) => input.Entries === undefined)).toHaveLength(1);
    life = await life.killed();
    await life.clock.turn(60_000);
    expect(events.calls.filter(({ input }) => input.Entries === undefined)).toHaveLength(1);
  });

  it.each(['STANDARD', 'EXPRESS'])('of a distributed Map go on as children of type %s', async (ExecutionType) => {
    let life = new Life();
    const States = { W: { Type: 'Wait', SecondsPath: '$', End: true } };
    const arn = await life.start(
      {
        Each: {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType }, StartAt: 'W', States },
          MaxConcurrency: 2,
          End: true,
        },
      },
      [10, 20, 30, 5, 5],
    );
    for (let second = 0; second < 4; second++) life = await life.killed(12_000);
    await life.clock.turn(200_000);
    expect(await life.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[10,20,30,5,5]' });
    const { mapRuns } = await life.call('ListMapRuns', { executionArn: arn });
    expect(mapRuns).toHaveLength(1);
    const { itemCounts } = await life.call('DescribeMapRun', { mapRunArn: mapRuns[0].mapRunArn });
    expect(itemCounts).toMatchObject({ total: 5, succeeded: 5, running: 0 });
    expect(await life.eventTypes(arn)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('hand tasks of activities to workers that come later', async () => {
    let life = new Life();
    const { activityArn } = await life.call('CreateActivity', { name: 'a' });
    const arn = await life.start({ Work: { Type: 'Task', Resource: activityArn, End: true } }, { n: 1 });
    life = await life.killed();
    const task = await life.call('GetActivityTask', { activityArn });
    expect(task.input).toBe('{"n":1}');
    life = await life.killed();
    await life.call('SendTaskSuccess', { taskToken: task.taskToken, output: '2' });
    await life.clock.turn(0);
    expect(await life.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '2' });
  });
});

describe('machines that outlive their process', () => {
  it('keep revisions, versions, aliases and tags', async () => {
    let life = new Life();
    const arn = await life.start({ A: { Type: 'Succeed' } }, {}, { tags: [{ key: 'k', value: 'v' }], publish: true });
    const { stateMachineArn } = await life.describe(arn);
    life = await life.killed();
    const definition = JSON.stringify({ StartAt: 'B', States: { B: { Type: 'Succeed' } } });
    const { stateMachineVersionArn } = await life.call('UpdateStateMachine', {
      stateMachineArn,
      definition,
      publish: true,
    });
    const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
    const { stateMachineAliasArn } = await life.call('CreateStateMachineAlias', { name: 'live', routingConfiguration });
    life = await life.killed();
    await life.call('UpdateStateMachineAlias', { stateMachineAliasArn, description: 'd' });
    life = await life.killed();
    expect(await life.call('DescribeStateMachineAlias', { stateMachineAliasArn })).toMatchObject({
      description: 'd',
      routingConfiguration,
    });
    expect((await life.call('DescribeStateMachine', { stateMachineArn })).definition).toBe(definition);
    expect((await life.call('DescribeStateMachine', { stateMachineArn: `${stateMachineArn}:1` })).definition).toContain(
      '"A"',
    );
    expect((await life.call('ListTagsForResource', { resourceArn: stateMachineArn })).tags).toEqual([
      { key: 'k', value: 'v' },
    ]);
    await life.call('DeleteStateMachine', { stateMachineArn });
    life = await life.killed();
    expect((await life.call('ListStateMachines')).stateMachines).toEqual([]);
  });
});
