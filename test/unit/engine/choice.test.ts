import { matchesWildcards } from '../../../local/engine/data/choice/match';
import { parseTimestamp } from '../../../local/engine/data/choice/timestamp';
import { runMachine } from '../../support/run-machine';

async function decide(rule: object, input: unknown): Promise<string> {
  const result = await runMachine(
    {
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Succeed' },
        No: { Type: 'Succeed' },
      },
    },
    { input },
  );
  return result.status === 'SUCCEEDED' ? result.path[1]! : result.error!;
}

describe('Choice in JSONPath', () => {
  const v = (rule: object) => ({ Variable: '$.v', ...rule });
  it.each([
    [v({ NumericEquals: 5 }), { v: 5 }, 'Yes'],
    [v({ NumericEquals: 5 }), { v: '5' }, 'No'],
    [v({ NumericLessThanPath: '$.w' }), { v: 1, w: 2 }, 'Yes'],
    [v({ NumericGreaterThanEquals: 5 }), { v: 5 }, 'Yes'],
    [v({ StringLessThan: 'b' }), { v: 'a' }, 'Yes'],
    [v({ StringGreaterThan: 'b' }), { v: 3 }, 'No'],
    [v({ StringMatches: 'log-*.txt' }), { v: 'log-1.txt' }, 'Yes'],
    [v({ BooleanEquals: true }), { v: true }, 'Yes'],
    [v({ BooleanEqualsPath: '$.w' }), { v: false, w: false }, 'Yes'],
    [v({ TimestampLessThan: '2026-01-01T00:00:00Z' }), { v: '2025-12-31T23:30:00+00:00' }, 'Yes'],
    [v({ TimestampEquals: '2026-01-01T00:00:00Z' }), { v: '2026-01-01T01:00:00+01:00' }, 'Yes'],
    [v({ TimestampEquals: '2026-01-01T00:00:00Z' }), { v: 'yesterday' }, 'No'],
    [v({ IsNull: true }), { v: null }, 'Yes'],
    [v({ IsPresent: false }), {}, 'Yes'],
    [v({ IsPresent: true }), { v: null }, 'Yes'],
    [v({ IsNumeric: false }), { v: 'x' }, 'Yes'],
    [v({ IsString: true }), { v: 'x' }, 'Yes'],
    [v({ IsBoolean: true }), { v: 'true' }, 'No'],
    [v({ IsTimestamp: true }), { v: '2026-02-30T00:00:00Z' }, 'No'],
    [{ Not: v({ NumericEquals: 5 }) }, { v: 6 }, 'Yes'],
    [{ And: [v({ IsPresent: true }), v({ NumericGreaterThan: 1 })] }, {}, 'No'],
    [{ Or: [v({ NumericEquals: 1 }), v({ NumericEquals: 2 })] }, { v: 2 }, 'Yes'],
    [{ Variable: '$$.Execution.Name', StringEquals: 'run' }, {}, 'Yes'],
  ])('%j with %j goes to %s', async (rule, input, expected) => {
    expect(await decide(rule, input)).toBe(expected);
  });

  it('fails with States.Runtime when the variable is not there, unless the rule asks just that', async () => {
    expect(await decide(v({ NumericEquals: 1 }), {})).toBe('States.Runtime');
  });

  it('fails with States.NoChoiceMatched when no rule holds and there is no Default', async () => {
    const result = await runMachine({
      StartAt: 'C',
      States: { C: { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'D' }] }, D: { Type: 'Succeed' } },
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  it('assigns the variables of the rule that held', async () => {
    const result = await runMachine({
      StartAt: 'C',
      States: {
        C: {
          Type: 'Choice',
          Choices: [{ Variable: '$', IsNull: false, Assign: { who: 'rule' }, Next: 'P' }],
          Assign: { who: 'default' },
          Default: 'P',
        },
        P: { Type: 'Pass', Parameters: { 'who.$': '$who' }, End: true },
      },
    });
    expect(result.output).toEqual({ who: 'rule' });
  });
});

describe('Choice in JSONata', () => {
  const definition = (condition: unknown) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'C',
    States: {
      C: {
        Type: 'Choice',
        Choices: [{ Condition: condition, Next: 'Yes', Output: '{% $states.input.v * 2 %}' }],
        Default: 'No',
      },
      Yes: { Type: 'Succeed' },
      No: { Type: 'Succeed' },
    },
  });

  it('goes where a true condition leads, with the output of that rule', async () => {
    const result = await runMachine(definition('{% $states.input.v > 3 %}'), { input: { v: 4 } });
    expect(result).toMatchObject({ path: ['C', 'Yes'], output: 8 });
  });

  it('takes constant conditions', async () => {
    expect((await runMachine(definition(true), { input: { v: 1 } })).path).toEqual(['C', 'Yes']);
    expect((await runMachine(definition(false))).path).toEqual(['C', 'No']);
  });

  it('fails with States.QueryEvaluationError when the condition gives no boolean', async () => {
    const result = await runMachine(definition('{% $states.input.v %}'), { input: { v: 'text' } });
    expect(result).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining("Expected 'boolean', but was 'string' for value: \"text\""),
    });
    expect(result.events.map(({ type }) => type)).toContain('EvaluationFailed');
  });
});

describe('StringMatches', () => {
  it.each([
    ['', '', true],
    ['', '*', true],
    ['abc', 'a*c', true],
    ['abc', 'a*b', false],
    ['a*c', 'a\\*c', true],
    ['abc', 'a\\*c', false],
    ['a\\c', 'a\\\\c', true],
    ['aXbXc', 'a*b*c', true],
  ])('%j against %j is %s', (text, pattern, expected) => {
    expect(matchesWildcards(text, pattern)).toBe(expected);
  });

  it('decides hostile patterns without going astray', () => {
    expect(matchesWildcards('a'.repeat(5_000), `${'*a'.repeat(1_000)}b`)).toBe(false);
  });
});

describe('timestamps', () => {
  it.each([
    ['2026-01-01T00:00:00Z', Date.UTC(2026, 0, 1)],
    ['2026-01-01T02:30:00.250+02:30', Date.UTC(2026, 0, 1) + 250],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('reads %s', (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected);
  });

  it.each([
    '2026-01-01',
    '2026-01-01 00:00:00Z',
    '2026-01-01t00:00:00z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    5,
  ])('rejects %j', (value) => {
    expect(parseTimestamp(value)).toBeUndefined();
  });
});
