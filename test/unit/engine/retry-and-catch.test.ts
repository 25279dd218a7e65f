import { runMachine, type TaskAnswer } from '../../support/run-machine';

const machine = (task: object, language = 'JSONPath') => ({
  QueryLanguage: language,
  StartAt: 'T',
  States: {
    T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...task },
    Caught: { Type: 'Pass', End: true },
  },
});

const failing = (times: number, error = 'Boom', cause = 'because') => ({
  T: ({ attempt }: { attempt: number }): TaskAnswer => (attempt < times ? { error, cause } : { result: 'done' }),
});

describe('Retry', () => {
  it('waits the interval, multiplied by the backoff rate for each attempt', async () => {
    const Retry = [{ ErrorEquals: ['Boom'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3 }];
    const result = await runMachine(machine({ Retry }), { tasks: failing(3) });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: 'done', seconds: 2 + 6 + 18 });
  });

  it('waits one second, then two, then four, three times in all, unless told otherwise', async () => {
    const Retry = [{ ErrorEquals: ['States.ALL'] }];
    const result = await runMachine(machine({ Retry }), { tasks: failing(9) });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Boom', cause: 'because', seconds: 7 });
    expect(result.calls).toHaveLength(4);
  });

  it('never waits longer than MaxDelaySeconds', async () => {
    const Retry = [{ ErrorEquals: ['Boom'], IntervalSeconds: 10, MaxAttempts: 4, MaxDelaySeconds: 15 }];
    const result = await runMachine(machine({ Retry }), { tasks: failing(4) });
    expect(result.seconds).toBe(10 + 15 + 15 + 15);
  });

  it('waits a random part of the delay with full jitter, the same for the same seed', async () => {
    const Retry = [{ ErrorEquals: ['Boom'], IntervalSeconds: 10, MaxAttempts: 1, JitterStrategy: 'FULL' }];
    const run = (seed: number) => runMachine(machine({ Retry }), { tasks: failing(1), seed });
    const [first, again, other] = [await run(1), await run(1), await run(2)];
    expect(first.seconds).toBeLessThan(10);
    expect(again.seconds).toBe(first.seconds);
    expect(other.seconds).not.toBe(first.seconds);
  });

  it('counts the attempts of each retrier by itself', async () => {
    const Retry = [
      { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1 },
      { ErrorEquals: ['B'], IntervalSeconds: 1, MaxAttempts: 1 },
    ];
    const errors = ['A', 'B', 'A'];
    const result = await runMachine(machine({ Retry }), { tasks: ({ attempt }) => ({ error: errors[attempt]! }) });
    expect(result).toMatchObject({ status: 'FAILED', error: 'A' });
    expect(result.calls).toHaveLength(3);
  });

  it('gives a state that is entered again all its attempts', async () => {
    const Retry = [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }];
    const definition = {
      StartAt: 'T',
      States: {
        T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Retry, Next: 'Again' },
        Again: { Type: 'Choice', Choices: [{ Variable: '$', NumericLessThan: 2, Next: 'T' }], Default: 'Done' },
        Done: { Type: 'Succeed' },
      },
    };
    const tasks = ({ attempt }: { attempt: number }): TaskAnswer =>
      attempt % 2 === 0 ? { error: 'Boom' } : { result: (attempt + 1) / 2 };
    expect(await runMachine(definition, { tasks })).toMatchObject({ status: 'SUCCEEDED', output: 2 });
  });

  it('shows the number of retries in the context object', async () => {
    const Retry = [{ ErrorEquals: ['Boom'], MaxAttempts: 2 }];
    const result = await runMachine(machine({ Retry, Parameters: { 'n.$': '$$.State.RetryCount' } }), {
      tasks: failing(2),
    });
    expect(result.calls.map(({ parameters }) => parameters.n)).toEqual([0, 1, 2]);
  });

  it('lets States.TaskFailed stand for any error that a task reports, a timeout excepted', async () => {
    const Retry = [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 }];
    const reported = await runMachine(machine({ Retry }), { tasks: failing(1) });
    expect(reported.status).toBe('SUCCEEDED');
    const silent = await runMachine(machine({ Retry, TimeoutSeconds: 5 }), { tasks: () => ({ silent: true }) });
    expect(silent).toMatchObject({ status: 'FAILED', error: 'States.Timeout', seconds: 5 });
  });
});

describe('Catch', () => {
  it('hands on Error and Cause in place of the input', async () => {
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'T' },
      { ErrorEquals: ['Boom'], Next: 'Caught' },
    ];
    const result = await runMachine(machine({ Catch }), { tasks: failing(1) });
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: { Error: 'Boom', Cause: 'because' },
      path: ['T', 'Caught'],
    });
  });

  it('puts the error output where ResultPath says, beside the input', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Caught' }];
    const result = await runMachine(machine({ Catch }), { tasks: failing(1), input: { order: 1 } });
    expect(result.output).toEqual({ order: 1, failure: { Error: 'Boom', Cause: 'because' } });
  });

  it('comes after the retries', async () => {
    const task = {
      Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['Boom'], Next: 'Caught' }],
    };
    const result = await runMachine(machine(task), { tasks: failing(9) });
    expect(result.calls).toHaveLength(3);
    expect(result.path).toEqual(['T', 'Caught']);
  });

  it('evaluates Output and Assign with $states.errorOutput in JSONata', async () => {
    const definition = machine(
      {
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: { step: 'T', error: '{% $states.errorOutput.Error %}', was: '{% $states.input.n %}' },
            Assign: { failure: '{% $states.errorOutput.Cause %}' },
            Next: 'Caught',
          },
        ],
      },
      'JSONata',
    );
    (definition.States.Caught as any).Output = '{% $merge([$states.input, {"cause": $failure}]) %}';
    const result = await runMachine(definition, { tasks: failing(1), input: { n: 3 } });
    expect(result.output).toEqual({ step: 'T', error: 'Boom', was: 3, cause: 'because' });
  });

  it('takes a missed heartbeat by both its names, and reports it as States.Timeout', async () => {
    for (const name of ['States.HeartbeatTimeout', 'States.Timeout']) {
      const task = {
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        HeartbeatSeconds: 4,
        Catch: [{ ErrorEquals: [name], Next: 'Caught' }],
      };
      const result = await runMachine(machine(task), { tasks: () => ({ silent: true }) });
      expect(result).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.Timeout' }, seconds: 4 });
    }
  });

  it('does not take States.Runtime, whatever it names', async () => {
    const Catch = [
      { ErrorEquals: ['States.Runtime'], Next: 'Caught' },
      { ErrorEquals: ['States.ALL'], Next: 'Caught' },
    ];
    const result = await runMachine(machine({ Catch, OutputPath: '$.no.such' }), { tasks: failing(0) });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('takes an error of an expression, located by an EvaluationFailed event', async () => {
    const Catch = [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }];
    const result = await runMachine(machine({ Catch, Output: '{% $states.result.no.such %}' }, 'JSONata'), {
      tasks: failing(0),
    });
    expect(result.path).toEqual(['T', 'Caught']);
    const details = result.events.find(({ type }) => type === 'EvaluationFailed')?.evaluationFailedEventDetails;
    expect(details).toMatchObject({ location: 'Output', state: 'T', error: 'States.QueryEvaluationError' });
  });

  it('fails with the error of the Catch itself when that cannot be evaluated', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Output: '{% $nothing %}', Next: 'Caught' }];
    const result = await runMachine(machine({ Catch }, 'JSONata'), { tasks: failing(1) });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});
