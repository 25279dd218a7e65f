import { runMachine } from '../../support/run-machine';

const flow = (states: Record<string, object>) => ({ StartAt: Object.keys(states)[0], States: states });
const jsonata = (expression: string) => ({
  QueryLanguage: 'JSONata',
  ...flow({ P: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }),
});

describe('quotas', () => {
  it('fails an execution whose history reaches 25,000 events', async () => {
    const result = await runMachine(flow({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }));
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(result.events).toHaveLength(25_000);
    expect(result.events.at(-1)!.type).toBe('ExecutionFailed');
  });

  it('fails a state whose output is larger than 256 KiB', async () => {
    const result = await runMachine(flow({ A: { Type: 'Pass', Result: 'x'.repeat(262_143), End: true } }));
    expect(result).toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  it('lets others have their turn when a run of states is long', async () => {
    const states: Record<string, object> = {};
    for (let i = 0; i < 100; i++)
      states[`S${i}`] = { Type: 'Pass', ...(i < 99 ? { Next: `S${i + 1}` } : { End: true }) };
    let turns = 0;
    const result = await runMachine(flow(states), { budget: 10, onOutcome: () => turns++ });
    expect(result.status).toBe('SUCCEEDED');
    expect(turns).toBe(10);
  });
});

describe('hostile definitions', () => {
  it.each([
    ['an endless tail recursion', '($f := function($n){ $f($n + 1) }; $f(0))'],
    ['a bottomless recursion', '($f := function($n){ 1 + $f($n + 1) }; $f(0))'],
    ['a huge range', '$sum([1..9999999])'],
    ['a range that is mapped', '$map([1..9999999], function($x){ $x + 1 })'],
    ['a text that doubles', "($f := function($s, $n){ $n = 0 ? $s : $f($s & $s, $n - 1) }; $f('x', 40))"],
    ['an array that doubles', '($f := function($a, $n){ $n = 0 ? $a : $f($append($a, $a), $n - 1) }; $f([1], 40))'],
    ['a pad of gigabytes', "$length($pad('x', 400000000))"],
    ['a catastrophic regular expression', `$match('${'a'.repeat(60)}!', /^(a+)+$/)`],
    ['a regular expression that is merely slow', `$match($pad('', 100000, 'a'), /a*a*a*b/)`],
    ['brackets without end', `${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
    ['$eval', "$eval('1')"],
    ['a function as a result', '$sum'],
  ])('fails with States.QueryEvaluationError for %s', async (_what, expression) => {
    expect(await runMachine(jsonata(expression))).toMatchObject({ error: 'States.QueryEvaluationError' });
  });

  it('allows recursion of a sensible depth', async () => {
    const sum = '($f := function($n){ $n = 0 ? 0 : $n + $f($n - 1) }; $f(300))';
    expect((await runMachine(jsonata(sum))).output).toBe(45_150);
  });

  it('keeps members named __proto__ as data and pollutes nothing', async () => {
    const input = JSON.parse('{"__proto__":{"polluted":true},"a":1}');
    const result = await runMachine(
      flow({
        A: { Type: 'Pass', Parameters: { 'copy.$': '$', 'inner.$': '$.__proto__' }, ResultPath: '$.r', Next: 'B' },
        B: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $merge([$states.input, {"b": 1}]) %}', End: true },
      }),
      { input },
    );
    expect(result.status).toBe('SUCCEEDED');
    expect(result.output.r.inner).toEqual({ polluted: true });
    expect(({} as any).polluted).toBeUndefined();
  });

  it('fails rather than crashes when data is nested deeper than the stack', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const result = await runMachine(
      flow({ A: { Type: 'Pass', Parameters: { 'v.$': `States.StringToJson($)` }, End: true } }),
      {
        input: deep,
      },
    );
    expect(result.status).toBe('FAILED');
  });

  it.each([
    ['an unknown type', { Type: 'Dance', End: true }],
    ['a Map without a processor', { Type: 'Map', End: true }],
    ['a path that is none', { Type: 'Pass', InputPath: 'order', End: true }],
    ['an expression that is none', { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% 1 + %}', End: true }],
    ['a next state that is not there', { Type: 'Pass', Next: 'Nowhere' }],
    ['no way on', { Type: 'Choice', Choices: [] }],
  ])('fails the execution for a state with %s', async (_what, state) => {
    const result = await runMachine(flow({ S: state }), { input: [1] });
    expect(result.status).toBe('FAILED');
  });
});

describe('definitions nested without end', () => {
  it('are rejected', async () => {
    const nested = `${'{"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":['.repeat(10_000)}${']}}}'.repeat(10_000)}`;
    await expect(runMachine(nested)).rejects.toThrow(SyntaxError);
  });
});
