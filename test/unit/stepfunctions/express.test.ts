import { StepFunctionsBench } from '../../support/step-functions';

const EXPRESS = { type: 'EXPRESS' };
const pass = { StartAt: 'S', States: { S: { Type: 'Pass', End: true } } };
const wait = (seconds: number) => ({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: seconds, End: true } } });
const task = (Resource: string) => ({ StartAt: 'T', States: { T: { Type: 'Task', Resource, End: true } } });
const distributed = (ExecutionType: string, inner: object) => ({
  StartAt: 'Load',
  States: {
    Load: {
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType }, ...inner },
      End: true,
    },
  },
});

const refused: [string, object, string][] = [
  [
    'a callback',
    task('arn:aws:states:::sqs:sendMessage.waitForTaskToken'),
    "Express state machine does not support '.waitForTaskToken' service integration  at /States",
  ],
  [
    'a job that is waited for',
    task('arn:aws:states:::ecs:runTask.sync'),
    "Express state machine does not support '.sync' service integration  at /States",
  ],
  [
    'an execution that is waited for',
    task('arn:aws:states:::states:startExecution.sync:2'),
    "Express state machine does not support '.sync:2' service integration  at /States",
  ],
  [
    'an activity',
    task('arn:aws:states:us-east-1:000000000000:activity:weigh'),
    'Express state machine does not support Activity ARN at /States',
  ],
  [
    'a Distributed Map',
    distributed('STANDARD', pass),
    "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at /States",
  ],
];

describe('an Express machine', () => {
  it.each(refused)('rejects %s at its creation, also in a Parallel', async (_what, definition, message) => {
    const bench = new StepFunctionsBench();
    const parallel = { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [definition], End: true } } };
    for (const each of [definition, parallel]) {
      await expect(bench.create(each, EXPRESS)).rejects.toMatchObject({
        code: 'InvalidDefinition',
        message: expect.stringContaining(`SCHEMA_VALIDATION_FAILED: ${message}`),
      });
    }
  });

  it.each(refused.slice(0, 4))(
    'rejects %s in the Express children of a Standard machine',
    async (_what, definition, message) => {
      const bench = new StepFunctionsBench();
      await expect(bench.create(distributed('STANDARD', definition))).resolves.toEqual(expect.any(String));
      await expect(bench.create(distributed('EXPRESS', definition))).rejects.toMatchObject({
        code: 'InvalidDefinition',
        message: expect.stringContaining(message),
      });
    },
  );

  it('starts a new execution each time, also under the same name', async () => {
    const bench = new StepFunctionsBench();
    const machine = await bench.create(wait(60), EXPRESS);
    const [first, second] = [await bench.start(machine, {}, 'same'), await bench.start(machine, {}, 'same')];
    expect(first).toMatch(/:express:machine-1:same:[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  it.each([
    'DescribeExecution',
    'GetExecutionHistory',
    'StopExecution',
    'RedriveExecution',
    'DescribeStateMachineForExecution',
  ])('has executions that %s does not know, while they run and afterwards', async (action) => {
    const bench = new StepFunctionsBench();
    const executionArn = await bench.start(await bench.create(wait(60), EXPRESS));
    const rejection = {
      code: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    };
    await expect(bench.call(action, { executionArn })).rejects.toMatchObject(rejection);
    await bench.clock.turn(60_000);
    await expect(bench.call(action, { executionArn })).rejects.toMatchObject(rejection);
  });

  it('has no list of executions', async () => {
    const bench = new StepFunctionsBench();
    const stateMachineArn = await bench.create(pass, EXPRESS);
    await expect(bench.call('ListExecutions', { stateMachineArn })).rejects.toMatchObject({
      code: 'StateMachineTypeNotSupported',
    });
  });

  it('is ended after five minutes, though its definition asks for more', async () => {
    const bench = new StepFunctionsBench();
    const stateMachineArn = await bench.create({ ...wait(600), TimeoutSeconds: 900 }, EXPRESS);
    const answer = bench.call('StartSyncExecution', { stateMachineArn });
    await bench.clock.turn(299_999);
    await bench.clock.turn(1);
    expect(await answer).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });
});

describe('StartSyncExecution', () => {
  const billOf = async (definition: object, input: unknown, ms = 0) => {
    const bench = new StepFunctionsBench();
    const stateMachineArn = await bench.create(definition, EXPRESS);
    const answer = bench.call('StartSyncExecution', { stateMachineArn, input: JSON.stringify(input) });
    await bench.clock.turn(ms);
    return (await answer).billingDetails;
  };

  it('rejects a Standard machine', async () => {
    const bench = new StepFunctionsBench();
    const stateMachineArn = await bench.create(pass);
    await expect(bench.call('StartSyncExecution', { stateMachineArn })).rejects.toMatchObject({
      code: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
  });

  it.each([
    [0, 100],
    [1, 1000],
    [250, 250_000],
  ])('bills an execution of %i s with %i ms', async (seconds, billedDurationInMilliseconds) => {
    expect(await billOf(wait(seconds), {}, seconds * 1000)).toEqual({
      billedDurationInMilliseconds,
      billedMemoryUsedInMB: 64,
    });
  });

  it('rounds the time up to 100 ms', async () => {
    const waitUntil = { StartAt: 'W', States: { W: { Type: 'Wait', TimestampPath: '$.until', End: true } } };
    const until = new Date(new StepFunctionsBench().clock.now() + 1_001).toISOString();
    expect(await billOf(waitUntil, { until }, 1_001)).toMatchObject({ billedDurationInMilliseconds: 1_100 });
  });

  it('bills memory in steps of 64 MB, more with data in many steps', async () => {
    const items = Array.from({ length: 100 }, (_, n) => n);
    const map = {
      StartAt: 'M',
      States: { M: { Type: 'Map', ItemsPath: '$.items', MaxConcurrency: 10, ItemProcessor: pass, End: true } },
    };
    expect(await billOf(map, { items })).toMatchObject({ billedMemoryUsedInMB: 64 });
    expect(await billOf(map, { items, text: 'x'.repeat(200_000) })).toMatchObject({ billedMemoryUsedInMB: 128 });
  });
});

describe('the metrics of Express executions', () => {
  it('tell what is billed, of asynchronous ones too, and of no others', async () => {
    const bench = new StepFunctionsBench();
    const told: [string, number][] = [];
    jest.spyOn(bench.gateway, 'metric').mockImplementation((namespace, name, _dimensions, value) => {
      if (namespace === 'AWS/States' && name.startsWith('Express')) told.push([name, value]);
    });
    await bench.start(await bench.create(wait(1)));
    await bench.start(await bench.create(wait(1), EXPRESS));
    await bench.clock.turn(1_000);
    expect(told).toEqual([
      ['ExpressExecutionMemory', expect.any(Number)],
      ['ExpressExecutionBilledMemory', 64],
      ['ExpressExecutionBilledDuration', 1_000],
    ]);
  });
});
