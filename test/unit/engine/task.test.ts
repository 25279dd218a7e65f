import { runMachine } from '../../support/run-machine';

const machine = (task: object, language = 'JSONPath') => ({
  QueryLanguage: language,
  StartAt: 'T',
  States: { T: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true, ...task } },
});
const types = (result: { events: { type: string }[] }) => result.events.map(({ type }) => type);
const detailsOf = (result: { events: any[] }, type: string) => {
  const event = result.events.find((candidate) => candidate.type === type);
  return event[`${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`];
};

describe('Task', () => {
  it('records the call of a service as AWS does', async () => {
    const result = await runMachine(machine({ Parameters: { MessageBody: 'hi' }, TimeoutSeconds: 30 }), {
      tasks: () => ({ result: { MessageId: 'm' } }),
    });
    expect(types(result)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(detailsOf(result, 'TaskScheduled')).toEqual({
      resourceType: 'sqs',
      resource: 'sendMessage',
      region: 'us-east-1',
      parameters: '{"MessageBody":"hi"}',
      timeoutInSeconds: 30,
    });
    expect(result.events.map(({ id, previousEventId }) => [id, previousEventId])).toEqual([
      [1, 0],
      [2, 0],
      [3, 2],
      [4, 3],
      [5, 4],
      [6, 5],
      [7, 6],
    ]);
  });

  it('records the call of a function by its ARN with events of its own', async () => {
    const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:pay';
    const result = await runMachine(machine({ Resource }), {
      input: { a: 1 },
      tasks: () => ({ error: 'E', cause: 'c' }),
    });
    expect(types(result).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionFailed',
    ]);
    expect(detailsOf(result, 'LambdaFunctionScheduled')).toEqual({
      resource: Resource,
      input: '{"a":1}',
      inputDetails: { truncated: false },
    });
    expect(detailsOf(result, 'LambdaFunctionFailed')).toEqual({ error: 'E', cause: 'c' });
  });

  it('hands a token to a task that waits for it, and goes on with what comes back', async () => {
    const task = {
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { MessageBody: { 'token.$': '$$.Task.Token' } },
    };
    const result = await runMachine(machine(task), {
      tasks: () => ({ result: { approved: true }, afterSeconds: 3600 }),
    });
    expect(result.calls[0]).toMatchObject({ taskToken: 'token-1', parameters: { MessageBody: { token: 'token-1' } } });
    expect(types(result)).toContain('TaskSubmitted');
    expect(result).toMatchObject({ output: { approved: true }, seconds: 3600 });
  });

  it('sends the input through InputPath, Parameters, ResultSelector, ResultPath and OutputPath', async () => {
    const task = {
      InputPath: '$.order',
      Parameters: { 'id.$': '$.id', fixed: [1, { 'deep.$': '$.id' }] },
      ResultSelector: { 'got.$': '$.value' },
      ResultPath: '$.answer',
      OutputPath: '$.answer',
    };
    const result = await runMachine(machine(task), {
      input: { order: { id: 7 } },
      tasks: () => ({ result: { value: 'v', noise: 1 } }),
    });
    expect(result.calls[0]!.parameters).toEqual({ id: 7, fixed: [1, { deep: 7 }] });
    expect(result.output).toEqual({ got: 'v' });
  });

  it('works on an empty object when InputPath is null, and drops the result when ResultPath is', async () => {
    const result = await runMachine(machine({ InputPath: null, ResultPath: null }), {
      input: { kept: 1 },
      tasks: () => ({ result: 'dropped' }),
    });
    expect(result.calls[0]!.parameters).toEqual({});
    expect(result.output).toEqual({ kept: 1 });
  });

  it('evaluates Arguments, Output and Assign in JSONata', async () => {
    const definition = machine(
      {
        Arguments: { id: '{% $states.input.id & "!" %}' },
        Output: { sum: '{% $states.result.a + $states.input.b %}' },
        Assign: { a: '{% $states.result.a %}' },
      },
      'JSONata',
    );
    (definition.States as any).T.Next = 'P';
    delete (definition.States as any).T.End;
    (definition.States as any).P = { Type: 'Pass', Output: '{% [$states.input.sum, $a] %}', End: true };
    const result = await runMachine(definition, { input: { id: 'x', b: 2 }, tasks: () => ({ result: { a: 1 } }) });
    expect(result.calls[0]!.parameters).toEqual({ id: 'x!' });
    expect(result.output).toEqual([3, 1]);
    const exited = result.events.find(({ type }) => type === 'TaskStateExited')!.stateExitedEventDetails;
    expect(exited).toMatchObject({ assignedVariables: { a: '1' }, assignedVariablesDetails: { truncated: false } });
  });

  it.each(['JSONPath', 'JSONata'])('takes its times from the data in %s', async (language) => {
    const times =
      language === 'JSONPath'
        ? { TimeoutSecondsPath: '$.t', HeartbeatSecondsPath: '$.h' }
        : { TimeoutSeconds: '{% $states.input.t %}', HeartbeatSeconds: '{% $states.input.h %}' };
    const task = { Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', ...times };
    const result = await runMachine(machine(task, language), {
      input: { t: 50, h: 20 },
      tasks: () => ({ silent: true }),
    });
    expect(detailsOf(result, 'TaskScheduled')).toMatchObject({ timeoutInSeconds: 50, heartbeatInSeconds: 20 });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout', seconds: 20 });
    expect(detailsOf(result, 'TaskTimedOut')).toEqual({
      error: 'States.Timeout',
      resource: 'sendMessage.waitForTaskToken',
      resourceType: 'sqs',
    });
  });

  it('shows the role of its credentials', async () => {
    const result = await runMachine(machine({ Credentials: { 'RoleArn.$': '$.role' } }), {
      input: { role: 'arn:aws:iam::000000000000:role/other' },
      tasks: () => ({ result: 1 }),
    });
    expect(detailsOf(result, 'TaskScheduled').taskCredentials).toEqual({
      roleArn: 'arn:aws:iam::000000000000:role/other',
    });
  });

  it('fails with States.DataLimitExceeded when the result is larger than 256 KiB of UTF-8', async () => {
    const fits = 'ü'.repeat((262_144 - 2) / 2);
    expect((await runMachine(machine({}), { tasks: () => ({ result: fits }) })).status).toBe('SUCCEEDED');
    expect(await runMachine(machine({}), { tasks: () => ({ result: `${fits}ü` }) })).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause: "The state/task 'sqs' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  it.each([
    [
      { Parameters: { 'x.$': '$.missing' } },
      "The JSONPath '$.missing' specified for the field 'x.$' could not be found in the input '{}'",
    ],
    [{ InputPath: '$.missing' }, "Invalid path '$.missing' : No results for path: $['missing']"],
    [{ TimeoutSecondsPath: '$.missing' }, "Invalid path '$.missing' : No results for path: $['missing']"],
  ])('fails with States.Runtime for %j on an empty input', async (task, reason) => {
    expect(await runMachine(machine(task), { tasks: () => ({ result: 1 }) })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'T' (entered at the event id #2). ${reason}`,
    });
  });
});
