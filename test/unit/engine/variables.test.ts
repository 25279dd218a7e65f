import { runMachine } from '../../support/run-machine';

const flow = (states: Record<string, object>) => ({ StartAt: Object.keys(states)[0], States: states });

describe('variables', () => {
  it('live from state to state, in both languages', async () => {
    const result = await runMachine(
      flow({
        A: { Type: 'Pass', Assign: { 'n.$': '$.n', fixed: [1] }, Next: 'B' },
        B: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% {"n": $n + 1, "fixed": $fixed} %}', Next: 'C' },
        C: { Type: 'Pass', Parameters: { 'n.$': '$n', 'first.$': '$fixed[0]', 'was.$': '$' }, End: true },
      }),
      { input: { n: 1 } },
    );
    expect(result.output).toEqual({ n: 1, first: 1, was: { n: 2, fixed: [1] } });
  });

  it('are all assigned at once: expressions see the former values', async () => {
    const result = await runMachine({
      QueryLanguage: 'JSONata',
      ...flow({
        A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'Swap' },
        Swap: { Type: 'Pass', Assign: { x: '{% $y %}', y: '{% $x %}' }, Next: 'End' },
        End: { Type: 'Pass', Output: '{% [$x, $y] %}', End: true },
      }),
    });
    expect(result.output).toEqual([2, 1]);
  });

  it('of the outer scope are read inside branches, those of a branch stay there', async () => {
    const branch = flow({ B: { Type: 'Pass', Assign: { 'inner.$': '$x' }, Parameters: { 'x.$': '$x' }, End: true } });
    const result = await runMachine(
      flow({
        A: { Type: 'Pass', Assign: { x: 5 }, Next: 'Both' },
        Both: { Type: 'Parallel', Branches: [branch, branch], Next: 'After' },
        After: { Type: 'Pass', Parameters: { 'inner.$': '$inner' }, End: true },
      }),
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    const exits = result.events.filter(({ type }) => type === 'PassStateExited');
    expect(exits[1]!.stateExitedEventDetails).toMatchObject({ output: '{"x":5}', assignedVariables: { inner: '5' } });
  });

  it('may be named like members of Object.prototype', async () => {
    const result = await runMachine(
      flow({
        A: { Type: 'Pass', Assign: { constructor: 'c' }, Next: 'B' },
        B: { Type: 'Pass', Parameters: { 'c.$': '$constructor' }, Next: 'C' },
        C: { Type: 'Pass', Parameters: { 'x.$': '$toString' }, End: true },
      }),
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(result.path).toEqual(['A', 'B', 'C']);
  });

  it('fail an execution when all together exceed 10 MiB, not counting what was replaced or belonged to a branch', async () => {
    const big = (name: string, next: object) => ({
      Type: 'Pass',
      Assign: { [name]: `{% $join($map([1..1000], function($i) { $pad("", 250, "x") })) %}` },
      ...next,
    });
    const grow = (count: number, last: object) => {
      const states: Record<string, object> = {};
      for (let n = 0; n < count; n++) states[`S${n}`] = big(`v${n}`, { Next: n + 1 < count ? `S${n + 1}` : 'Same' });
      return { QueryLanguage: 'JSONata', ...flow({ ...states, Same: big('v0', { Next: 'Branch' }), ...last }) };
    };
    const inner = flow({ B: big('own', { End: true }) });
    const branch = { Branch: { Type: 'Parallel', Branches: [inner], Next: 'Last' } };
    const last = { Last: big('last', { End: true }) };
    // 41 values of 250,002 bytes fit into 10 MiB, 42 do not.
    expect((await runMachine(grow(40, { ...branch, ...last }))).status).toBe('SUCCEEDED');
    const failed = await runMachine(grow(41, { ...branch, ...last }));
    expect(failed).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(failed.path.at(-1)).toBe('B');
  });
});
