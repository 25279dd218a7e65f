import { administrator } from '../../../local/wire/gateway';
import { recordingService } from '../../support/recording-service';
import { StepFunctionsBench } from '../../support/step-functions';

const DAY_MS = 24 * 3600 * 1000;

describe('executions', () => {
  it('forgets an execution 90 days after its end, and its name is free again', async () => {
    const bench = new StepFunctionsBench();
    const machine = await bench.create({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    const executionArn = await bench.start(machine, {}, 'one');
    await bench.clock.turn(89 * DAY_MS);
    await expect(bench.start(machine, {}, 'one')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
    await bench.clock.turn(2 * DAY_MS);
    await expect(bench.describe(executionArn)).rejects.toMatchObject({ code: 'ExecutionDoesNotExist' });
    expect(await bench.start(machine, {}, 'one')).toBe(executionArn);
  });

  it('rejects an input that is an object and no text', async () => {
    const bench = new StepFunctionsBench();
    const stateMachineArn = await bench.create({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    const started = bench.call('StartExecution', { stateMachineArn, input: { a: 1 } });
    await expect(started).rejects.toMatchObject({ code: 'SerializationException' });
  });

  it('begins once the answer has left, and what arrives before that comes second', async () => {
    const bench = new StepFunctionsBench();
    const { gateway } = bench;
    const service = gateway.serviceByName('states')!;
    const putOff: (() => void)[] = [];
    const start = (stateMachineArn: string) =>
      gateway.perform(
        service,
        'StartExecution',
        service.actions.StartExecution!,
        { stateMachineArn },
        administrator(gateway.accountId),
        { requestId: 'r', afterAnswer: (work) => putOff.push(work) },
      ).executionArn;
    const chain = await bench.create({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    const short = start(chain);
    expect(await bench.describe(short)).toMatchObject({ status: 'RUNNING' });
    putOff.shift()!();
    expect(await bench.describe(short)).toMatchObject({ status: 'SUCCEEDED' });
    const pause = await bench.create({ StartAt: 'P', States: { P: { Type: 'Wait', Seconds: 60, End: true } } });
    const stopped = start(pause);
    await bench.call('StopExecution', { executionArn: stopped });
    putOff.shift()!();
    await bench.clock.turn(DAY_MS);
    expect(await bench.eventTypes(stopped)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted']);
  });

  it('redrives a failed execution from the state that failed', async () => {
    let isBroken = true;
    const lambda = recordingService('lambda', {
      Invoke: () =>
        isBroken
          ? { StatusCode: 200, FunctionError: 'Unhandled', Payload: '{"errorType":"Broken"}' }
          : { StatusCode: 200, Payload: '"repaired"' },
    });
    const bench = new StepFunctionsBench(lambda);
    const machine = await bench.create({
      StartAt: 'Before',
      States: {
        Before: { Type: 'Pass', Next: 'Call' },
        Call: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f', End: true },
      },
    });
    const failed = await bench.run(machine);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Broken', redriveStatus: 'REDRIVABLE', redriveCount: 0 });
    isBroken = false;
    await bench.call('RedriveExecution', { executionArn: failed.executionArn });
    await bench.clock.turn(0);
    expect(await bench.describe(failed.executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"repaired"',
      redriveCount: 1,
    });
    const types = await bench.eventTypes(failed.executionArn);
    expect(types.filter((type) => type === 'PassStateEntered')).toHaveLength(1);
    expect(types).toContain('ExecutionRedriven');
    await expect(bench.call('RedriveExecution', { executionArn: failed.executionArn })).rejects.toMatchObject({
      code: 'ExecutionNotRedrivable',
      message: "Execution Not Redrivable: 'Execution is SUCCEEDED and cannot be redriven'",
    });
  });

  it('ends an Express execution after five minutes', async () => {
    const bench = new StepFunctionsBench();
    const machine = await bench.create(
      { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } },
      { type: 'EXPRESS' },
    );
    const answer = bench.call('StartSyncExecution', { stateMachineArn: machine });
    await bench.clock.turn(300_000);
    expect(await answer).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('goes on after a long chain without keeping others waiting', async () => {
    const bench = new StepFunctionsBench();
    const loop = {
      StartAt: 'Count',
      States: {
        Count: {
          Type: 'Pass',
          Parameters: { 'n.$': 'States.MathAdd($.n, 1)' },
          Next: 'Enough',
        },
        Enough: {
          Type: 'Choice',
          Choices: [{ Variable: '$.n', NumericLessThan: 6000, Next: 'Count' }],
          Default: 'End',
        },
        End: { Type: 'Succeed' },
      },
    };
    const machine = await bench.create(loop);
    const executionArn = await bench.start(machine, { n: 0 });
    expect((await bench.describe(executionArn)).status).toBe('RUNNING');
    const other = await bench.create({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    expect((await bench.describe(await bench.start(other))).status).toBe('SUCCEEDED');
    await bench.clock.turn(0);
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"n":6000}' });
  });

  it('fails what meets a defect instead of hanging, and says so', async () => {
    const bench = new StepFunctionsBench();
    const machine = await bench.create({
      StartAt: 'C',
      States: { C: { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun', Parameters: {}, End: true } },
    });
    expect(await bench.run(machine)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('arn:aws:states:::glue:startJobRun'),
    });
  });

  it('takes a stop that comes during an evaluation after it, and ends once', async () => {
    const bench = new StepFunctionsBench();
    // Composed functions are among what is evaluated asynchronously.
    const Output = '{% ($size := $string ~> $length; $size($states.input)) %}';
    const counting = (n: number) => ({ Type: 'Pass', Output, Next: `S${n + 1}` });
    const states = Array.from({ length: 10 }, (_, n) => [`S${n}`, counting(n)]);
    const machine = await bench.create({
      QueryLanguage: 'JSONata',
      StartAt: 'S0',
      States: { ...Object.fromEntries(states), S10: { Type: 'Wait', Seconds: 60, End: true } },
    });
    const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:busy`;
    const started = bench.start(machine, { n: 1 }, 'busy');
    const stops = [1, 2, 3].map(() => bench.call('StopExecution', { executionArn, error: 'Enough' }));
    await Promise.all([started, ...stops]);
    await bench.clock.turn(0);
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Enough' });
    const { events } = await bench.call('GetExecutionHistory', { executionArn });
    expect(events.map((event: { id: number }) => event.id)).toEqual(
      events.map((_: unknown, index: number) => index + 1),
    );
    expect((await bench.eventTypes(executionArn)).filter((type) => /^Execution(?!Started)/.test(type))).toEqual([
      'ExecutionAborted',
    ]);
  });

  it('refuses a second callback although the execution goes on', async () => {
    const sqs = recordingService('sqs', { SendMessage: () => ({ MessageId: 'm' }) });
    const bench = new StepFunctionsBench(sqs);
    const machine = await bench.create({
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' },
          Next: 'Wait',
        },
        Wait: { Type: 'Wait', Seconds: 60, End: true },
      },
    });
    await bench.start(machine);
    await bench.clock.turn(0);
    const taskToken = sqs.calls[0]!.input.MessageBody;
    await bench.call('SendTaskSuccess', { taskToken, output: '{}' });
    for (const [action, input] of [
      ['SendTaskSuccess', { taskToken, output: '{}' }],
      ['SendTaskFailure', { taskToken }],
      ['SendTaskHeartbeat', { taskToken }],
    ] as const) {
      await expect(bench.call(action, input)).rejects.toMatchObject({ code: 'TaskTimedOut' });
    }
  });

  it('refuses the callback of a task that has timed out although its execution goes on', async () => {
    const sqs = recordingService('sqs', { SendMessage: () => ({ MessageId: 'm' }) });
    const bench = new StepFunctionsBench(sqs);
    const machine = await bench.create({
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' },
          TimeoutSeconds: 10,
          Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Wait' }],
          End: true,
        },
        Wait: { Type: 'Wait', Seconds: 60, End: true },
      },
    });
    const executionArn = await bench.start(machine);
    await bench.clock.turn(10_000);
    const taskToken = sqs.calls[0]!.input.MessageBody;
    await expect(bench.call('SendTaskSuccess', { taskToken, output: '{}' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });
    expect((await bench.describe(executionArn)).status).toBe('RUNNING');
  });

  it('leaves the data out of a history when it is not wanted', async () => {
    const bench = new StepFunctionsBench();
    const machine = await bench.create({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
    const executionArn = await bench.start(machine, { secret: 'word' });
    const { events } = await bench.call('GetExecutionHistory', { executionArn, includeExecutionData: false });
    expect(events).toHaveLength(4);
    expect(JSON.stringify(events)).not.toContain('word');
    expect(events[1].stateEnteredEventDetails).toEqual({ name: 'A' });
  });

  it('counts executions in the metrics of the machine', async () => {
    const bench = new StepFunctionsBench();
    const counted: string[] = [];
    bench.gateway.useMetricSink((namespace, name) => counted.push(`${namespace} ${name}`));
    await bench.run(await bench.create({ StartAt: 'F', States: { F: { Type: 'Fail' } } }));
    expect(counted).toEqual([
      'AWS/States ExecutionsStarted',
      'AWS/States ExecutionsFailed',
      'AWS/States ExecutionTime',
    ]);
  });
});
