import { runMachine } from '../../support/run-machine';

const pass = (fields: object = {}) => ({ Type: 'Pass', End: true, ...fields });
const flow = (states: Record<string, object>) => ({ StartAt: Object.keys(states)[0], States: states });
const types = (result: { events: { type: string }[] }) => result.events.map(({ type }) => type);
const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };

describe('Parallel', () => {
  const both = (fields: object = {}) =>
    flow({ Both: { Type: 'Parallel', Branches: [flow({ A: TASK }), flow({ B: TASK })], End: true, ...fields } });

  it('gives the results of its branches in their order, whichever ends first', async () => {
    const result = await runMachine(both(), {
      tasks: ({ stateName }) => ({ result: stateName, afterSeconds: stateName === 'A' ? 20 : 10 }),
    });
    expect(result).toMatchObject({ output: ['A', 'B'], seconds: 20 });
    expect(types(result)).toEqual(expect.arrayContaining(['ParallelStateStarted', 'ParallelStateSucceeded']));
  });

  it('fails with the first failing branch and gives up the others', async () => {
    const result = await runMachine(both(), {
      tasks: ({ stateName }) =>
        stateName === 'A' ? { error: 'Boom', afterSeconds: 1 } : { result: 1, afterSeconds: 99 },
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Boom' });
    expect(types(result)).toEqual(expect.arrayContaining(['TaskStateAborted', 'ParallelStateFailed']));
  });

  it('runs all branches again on Retry', async () => {
    const result = await runMachine(both({ Retry: [{ ErrorEquals: ['Boom'], IntervalSeconds: 1 }] }), {
      tasks: ({ stateName, attempt }) => (stateName === 'A' && attempt === 0 ? { error: 'Boom' } : { result: attempt }),
    });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: [1, 1] });
    expect(result.calls.map(({ stateName }) => stateName)).toEqual(['A', 'B', 'A', 'B']);
  });

  it('hands Parameters to each branch', async () => {
    const definition = flow({
      Both: {
        Type: 'Parallel',
        Parameters: { 'x.$': '$.v' },
        Branches: [flow({ A: pass() }), flow({ B: pass() })],
        End: true,
      },
    });
    expect((await runMachine(definition, { input: { v: 1 } })).output).toEqual([{ x: 1 }, { x: 1 }]);
  });
});

describe('Map', () => {
  const each = (fields: object, processor: object = flow({ I: TASK })) =>
    flow({ Each: { Type: 'Map', ItemProcessor: processor, End: true, ...fields } });

  it('gives the results in the order of the items', async () => {
    const result = await runMachine(each({ ItemsPath: '$.items' }), {
      input: { items: [3, 1, 2] },
      tasks: ({ parameters }) => ({ result: parameters * 10, afterSeconds: parameters }),
    });
    expect(result).toMatchObject({ output: [30, 10, 20], seconds: 3 });
  });

  it('runs no more iterations at a time than MaxConcurrency allows', async () => {
    const items = [1, 1, 1, 1];
    const run = (fields: object) =>
      runMachine(each(fields), { input: items, tasks: () => ({ result: 0, afterSeconds: 10 }) });
    expect((await run({ MaxConcurrency: 1 })).seconds).toBe(40);
    expect((await run({ MaxConcurrency: 2 })).seconds).toBe(20);
    expect((await run({})).seconds).toBe(10);
  });

  it('runs at most forty iterations at a time inline', async () => {
    const input = Array.from({ length: 41 }, () => 1);
    const result = await runMachine(each({}), { input, tasks: () => ({ result: 0, afterSeconds: 10 }) });
    expect(result.seconds).toBe(20);
  });

  it('knows item and index in ItemSelector and in the states of its processor', async () => {
    const processor = flow({ I: pass({ Parameters: { 'in.$': '$', 'index.$': '$$.Map.Item.Index' } }) });
    const fields = { ItemSelector: { 'v.$': '$$.Map.Item.Value', 'all.$': '$.n' }, ItemsPath: '$.list' };
    const result = await runMachine(each(fields, processor), { input: { list: ['a', 'b'], n: 9 } });
    expect(result.output).toEqual([
      { in: { v: 'a', all: 9 }, index: 0 },
      { in: { v: 'b', all: 9 }, index: 1 },
    ]);
  });

  it('takes Items and ItemSelector from JSONata', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      ...each(
        {
          Items: '{% $states.input.list[$ > 1] %}',
          ItemSelector: { v: '{% $states.context.Map.Item.Value * 2 %}' },
          Output: '{% $sum($states.result.v) %}',
        },
        flow({ I: pass() }),
      ),
    };
    expect((await runMachine(definition, { input: { list: [1, 2, 3] } })).output).toBe(10);
  });

  it('succeeds at once without items', async () => {
    const result = await runMachine(each({}), { input: [] });
    expect(result.output).toEqual([]);
    expect(types(result)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('fails with the first failing iteration, giving up the others, unless it is caught', async () => {
    const tasks = ({ parameters }: { parameters: number }) =>
      parameters === 2 ? ({ error: 'Boom' } as const) : { result: 0, afterSeconds: 5 };
    const failed = await runMachine(each({}), { input: [1, 2, 3], tasks });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Boom', seconds: 0 });
    expect(types(failed)).toEqual(
      expect.arrayContaining(['MapIterationFailed', 'MapIterationAborted', 'MapStateFailed']),
    );
    const caught = each({ Catch: [{ ErrorEquals: ['Boom'], Next: 'C' }] });
    (caught.States as any).C = pass();
    expect((await runMachine(caught, { input: [1, 2, 3], tasks })).path.at(-1)).toBe('C');
  });

  it('still understands Iterator and Parameters', async () => {
    const definition = flow({
      Each: { Type: 'Map', Iterator: flow({ I: pass() }), Parameters: { 'v.$': '$$.Map.Item.Value' }, End: true },
    });
    expect((await runMachine(definition, { input: [1] })).output).toEqual([{ v: 1 }]);
  });

  it.each([
    ['$.x', '$.x'],
    ['$$.Execution.Input', '$.Execution.Input'],
  ])('fails when there is no array at %s', async (ItemsPath, shown) => {
    expect(await runMachine(each({ ItemsPath }), { input: { x: 1 } })).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining(`Reference path "${shown}" must point to array.`),
    });
  });

  it('runs Maps within Maps, whose items are known by their own iteration', async () => {
    const inner = flow({ P: pass({ Parameters: { 'v.$': '$$.Map.Item.Value' } }) });
    const definition = each({}, flow({ Inner: { Type: 'Map', ItemProcessor: inner, End: true } }));
    expect((await runMachine(definition, { input: [[1, 2], [3]] })).output).toEqual([[{ v: 1 }, { v: 2 }], [{ v: 3 }]]);
  });
});
