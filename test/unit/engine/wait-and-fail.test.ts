import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { runMachine } from '../../support/run-machine';

const machine = (state: object, language = 'JSONPath') => ({
  QueryLanguage: language,
  StartAt: 'S',
  States: { S: { End: true, ...state } },
});
const wait = (fields: object, language?: string) => machine({ Type: 'Wait', ...fields }, language);
const startMs = Date.UTC(2026, 0, 1);

describe('Wait', () => {
  it.each([
    [{ Seconds: 90 }, 'JSONPath', 90],
    [{ SecondsPath: '$.s' }, 'JSONPath', 30],
    [{ Timestamp: '2026-01-01T00:01:00Z' }, 'JSONPath', 60],
    [{ TimestampPath: '$.t' }, 'JSONPath', 120],
    [{ Seconds: '{% $states.input.s * 2 %}' }, 'JSONata', 60],
    [{ Timestamp: '{% $states.input.t %}' }, 'JSONata', 120],
    [{ Timestamp: '2020-01-01T00:00:00Z' }, 'JSONPath', 0],
  ])('%j in %s takes %d seconds', async (fields, language, seconds) => {
    const result = await runMachine(wait(fields, language), {
      clock: new SimulatedClock(startMs),
      input: { s: 30, t: '2026-01-01T00:02:00Z' },
    });
    expect(result).toMatchObject({ status: 'SUCCEEDED', seconds });
  });

  it('passes ninety days in no time of ours', async () => {
    expect((await runMachine(wait({ Seconds: 90 * 86_400 }))).seconds).toBe(90 * 86_400);
  });

  it.each([
    [{ SecondsPath: '$.missing' }, 'The SecondsPath parameter does not reference an input value: $.missing'],
    [{ SecondsPath: '$.half' }, 'The SecondsPath parameter cannot be parsed as a long value: $.half == 1.5'],
    [
      { TimestampPath: '$.half' },
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.half == 1.5',
    ],
  ])('fails with States.Runtime for %j', async (fields, reason) => {
    const result = await runMachine(wait(fields), { input: { half: 1.5 } });
    expect(result).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining(reason) });
  });

  it('fails with States.QueryEvaluationError when an expression gives no number of seconds', async () => {
    const result = await runMachine(wait({ Seconds: '{% "soon" %}' }, 'JSONata'));
    expect(result).toMatchObject({ error: 'States.QueryEvaluationError' });
  });
});

describe('Fail', () => {
  it.each([
    [{ Error: 'E', Cause: 'c' }, 'JSONPath', 'E', 'c'],
    [{ ErrorPath: '$.e', CausePath: "States.Format('because {}', $.c)" }, 'JSONPath', 'dyn', 'because 5'],
    [{ Error: '{% $states.input.e %}', Cause: '{% "x" & $states.input.c %}' }, 'JSONata', 'dyn', 'x5'],
    [{}, 'JSONPath', undefined, undefined],
  ])('%j in %s ends with error %s', async (fields, language, error, cause) => {
    const result = await runMachine(machine({ Type: 'Fail', End: undefined, ...fields }, language), {
      input: { e: 'dyn', c: 5 },
    });
    expect(result).toMatchObject({ status: 'FAILED' });
    expect([result.error, result.cause]).toEqual([error, cause]);
    expect(result.events.at(-1)!.type).toBe('ExecutionFailed');
  });
});

describe('the time of an execution', () => {
  it('ends it with TIMED_OUT', async () => {
    const definition = { ...wait({ Seconds: 100 }), TimeoutSeconds: 10 };
    const result = await runMachine(definition);
    expect(result).toMatchObject({ status: 'TIMED_OUT', seconds: 10 });
    expect(result.events.at(-1)!.type).toBe('ExecutionTimedOut');
  });

  it('ends with ABORTED when it is stopped', async () => {
    const result = await runMachine(wait({ Seconds: 100 }), { stopAfterSeconds: 5 });
    expect(result).toMatchObject({ status: 'ABORTED', seconds: 5 });
    expect(result.events.at(-1)!.type).toBe('ExecutionAborted');
  });
});
