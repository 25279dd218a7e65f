import { recordingService } from '../../support/recording-service';
import { StepFunctionsBench } from '../../support/step-functions';

const TASK = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', 'Payload.$': '$.order' },
  ResultSelector: { 'id.$': '$.Payload.id' },
  ResultPath: '$.payment',
  Next: 'Ship',
};

describe('TestState', () => {
  const lambda = recordingService('lambda', {
    Invoke: () => ({ StatusCode: 200, Payload: '{"id":"p-1"}', ExecutedVersion: '$LATEST' }),
  });
  const bench = new StepFunctionsBench(lambda);

  const test = (state: object, more: object = {}) =>
    bench.call('TestState', { definition: JSON.stringify(state), input: '{"order":{"n":1}}', ...more });

  it('calls the service and shows every stage of the data flow', async () => {
    const { inspectionData, ...answer } = await test(TASK, {
      roleArn: StepFunctionsBench.ROLE,
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toEqual({
      status: 'SUCCEEDED',
      nextState: 'Ship',
      output: '{"order":{"n":1},"payment":{"id":"p-1"}}',
    });
    const stages = Object.fromEntries(
      Object.entries(inspectionData).map(([name, text]) => [name, JSON.parse(text as string)]),
    );
    expect(stages).toMatchObject({
      input: { order: { n: 1 } },
      afterInputPath: { order: { n: 1 } },
      afterParameters: { FunctionName: 'f', Payload: { n: 1 } },
      result: { Payload: { id: 'p-1' } },
      afterResultSelector: { id: 'p-1' },
      afterResultPath: { order: { n: 1 }, payment: { id: 'p-1' } },
    });
  });

  it('takes a mock instead of the service', async () => {
    const before = lambda.calls.length;
    const answer = await test(TASK, { mock: { result: '{"Payload":{"id":"mocked"}}' } });
    expect(answer.output).toBe('{"order":{"n":1},"payment":{"id":"mocked"}}');
    expect(lambda.calls).toHaveLength(before);
  });

  const failing = {
    ...TASK,
    Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 2 }],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Undo' }],
  };
  const mock = { errorOutput: { error: 'Busy', cause: 'later' } };

  it('says when it would retry, and after how long', async () => {
    const stateConfiguration = { retrierRetryCount: 1 };
    const answer = await test(failing, { mock, stateConfiguration, inspectionLevel: 'DEBUG' });
    expect(answer).toMatchObject({ status: 'RETRIABLE', error: 'Busy', cause: 'later' });
    expect(answer.inspectionData.errorDetails).toEqual({ retryIndex: 0, retryBackoffIntervalSeconds: 6 });
  });

  it('catches when no retry is left', async () => {
    const answer = await test(failing, {
      mock,
      stateConfiguration: { retrierRetryCount: 2 },
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Undo',
      output: '{"order":{"n":1},"failure":{"Error":"Busy","Cause":"later"}}',
    });
    expect(answer.inspectionData.errorDetails).toEqual({ catchIndex: 0 });
  });

  it('knows variables, and shows them with what the state assigns', async () => {
    const state = {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Output: '{% $rate * 2 %}',
      Assign: { seen: true },
      End: true,
    };
    const answer = await test(state, { variables: '{"rate":21}', inspectionLevel: 'TRACE' });
    expect(answer.output).toBe('42');
    expect(JSON.parse(answer.inspectionData.variables)).toEqual({ rate: 21, seen: true });
  });

  it('picks a state out of a whole definition', async () => {
    const machine = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Fail', Error: 'Last' } } };
    expect(await test(machine, { stateName: 'B' })).toMatchObject({ status: 'FAILED', error: 'Last' });
    expect(await test(machine, { stateName: 'A' })).toMatchObject({ status: 'SUCCEEDED', nextState: 'B' });
  });

  it('fails a Map whose mocked iterations fail more often than it tolerates', async () => {
    const map = {
      Type: 'Map',
      ItemsPath: '$.order.lines',
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'P',
        States: { P: { Type: 'Pass', End: true } },
      },
      End: true,
    };
    const run = (mapIterationFailureCount: number) =>
      test(map, {
        input: '{"order":{"lines":[1,2,3]}}',
        mock: { result: '[1,2,3]' },
        stateConfiguration: { mapIterationFailureCount },
      });
    expect((await run(1)).status).toBe('SUCCEEDED');
    expect(await run(2)).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  it.each<[string, object, object, string]>([
    [
      'a mock for a state that calls nothing',
      { Type: 'Succeed' },
      { mock: { result: '1' } },
      "State type 'Succeed' is not supported",
    ],
    ['both a result and an error', TASK, { mock: { result: '{}', ...mock } }, 'only one of the following fields'],
    [
      'a result unlike the answer of the API',
      TASK,
      { mock: { result: '{"StatusCode":"200"}' } },
      "Field 'StatusCode' must be a number",
    ],
    [
      'a context object with unknown members',
      TASK,
      { context: '{"Execution":{"Colour":1}}', mock },
      "Field 'Colour' is not allowed",
    ],
    ['a call without a role', TASK, {}, 'RoleArn must be specified'],
    ['a broken state', { Type: 'Pass' }, {}, 'at /States/StateName'],
    [
      'a Parallel without a mock',
      { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { Type: 'Succeed' } } }], End: true },
      {},
      'does not support Map or Parallel states',
    ],
  ])('rejects %s', async (_, state, more, message) => {
    await expect(test(state, more)).rejects.toThrow(message);
  });

  it('does not compare a mock with the API when it is told so', async () => {
    const answer = await test(
      { ...TASK, ResultSelector: undefined },
      {
        mock: { result: '{"StatusCode":"200"}', fieldValidationMode: 'NONE' },
      },
    );
    expect(answer.status).toBe('SUCCEEDED');
  });
});
