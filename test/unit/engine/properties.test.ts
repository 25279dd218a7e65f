import fc from 'fast-check';
import type { Stimulus } from '../../../local/engine/engine';
import { runMachine, type TaskAnswer, type TaskCall } from '../../support/run-machine';

type State = Record<string, unknown>;

/** A state of a random machine, without its way on. */
const simple = fc.oneof(
  fc.constant<State>({ Type: 'Pass', Parameters: { 'in.$': '$' } }),
  fc.constant<State>({ Type: 'Pass', Assign: { 'v.$': '$' }, Result: 1 }),
  fc.constant<State>({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% {"r": $random()} %}' }),
  fc.record<State>({ Type: fc.constant('Wait'), Seconds: fc.nat(30) }),
  fc.constant<State>({ Type: 'Fail', Error: 'Chosen' }),
  fc.record<State>({
    Type: fc.constant('Task'),
    Resource: fc.constantFrom('arn:aws:states:::lambda:invoke', 'arn:aws:states:::sqs:sendMessage.waitForTaskToken'),
    TimeoutSeconds: fc.integer({ min: 1, max: 40 }),
    Retry: fc.constantFrom([], [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2, JitterStrategy: 'FULL' }]),
  }),
);

const { flow } = fc.letrec<{ flow: { StartAt: string; States: Record<string, State> }; state: State }>((tie) => ({
  state: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: simple },
    {
      weight: 1,
      arbitrary: fc.record({
        Type: fc.constant('Parallel'),
        Branches: fc.array(tie('flow'), { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        Type: fc.constant('Map'),
        ItemsPath: fc.constant('$$.Execution.Input.items'),
        MaxConcurrency: fc.nat(3),
        ItemProcessor: tie('flow'),
      }),
    },
  ),
  flow: fc.tuple(fc.array(tie('state'), { minLength: 1, maxLength: 4 }), fc.boolean()).map(([states, isCaught]) => {
    const named: Record<string, State> = {};
    states.forEach((state, index) => {
      const isLast = index === states.length - 1;
      const onward = state.Type === 'Fail' ? {} : isLast ? { End: true } : { Next: `S${index + 1}` };
      const canCatch = isCaught && ['Task', 'Parallel', 'Map'].includes(String(state.Type));
      const caught = canCatch ? { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] } : {};
      named[`S${index}`] = { ...state, ...onward, ...caught };
    });
    named.Caught = { Type: 'Pass', End: true };
    return { StartAt: 'S0', States: named };
  }),
}));

/** Answers that depend on nothing but the call: some late, some failing, some never. */
function tasks(call: TaskCall): TaskAnswer {
  const draw = (call.stateName.length * 7 + call.attempt * 13 + JSON.stringify(call.parameters).length * 5) % 10;
  if (draw < 5) return { result: { draw }, afterSeconds: draw };
  return draw < 8 ? { error: 'Drawn', cause: String(draw), afterSeconds: draw - 5 } : { silent: true };
}

const input = { items: [1, 2, 3] };
const TERMINAL = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;

describe('any execution', () => {
  it('has a dense history, each event caused by an earlier one, with one end', async () => {
    await fc.assert(
      fc.asyncProperty(flow, async (definition) => {
        const { events } = await runMachine(definition, { input, tasks });
        events.forEach((event, index) => {
          expect(event.id).toBe(index + 1);
          expect(event.previousEventId).toBeLessThan(event.id);
        });
        expect(events.filter(({ type }) => TERMINAL.test(type))).toHaveLength(1);
        expect(events.at(-1)!.type).toMatch(TERMINAL);
      }),
      { numRuns: 150 },
    );
  });

  it('runs the same way for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(flow, fc.nat(), async (definition, seed) => {
        const first = await runMachine(definition, { input, tasks, seed });
        expect((await runMachine(definition, { input, tasks, seed })).events).toEqual(first.events);
      }),
      { numRuns: 60 },
    );
  });

  it('goes on the same way when it is written down and read again between any two stimuli', async () => {
    await fc.assert(
      fc.asyncProperty(flow, async (definition) => {
        const kept = await runMachine(definition, { input, tasks });
        const journalled = await runMachine(definition, { input, tasks, isJournalled: true });
        expect(journalled.events).toEqual(kept.events);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves nothing behind when it has ended', async () => {
    await fc.assert(
      fc.asyncProperty(flow, async (definition) => {
        let left: unknown;
        await runMachine(definition, {
          input,
          tasks,
          onOutcome: ({ threads, tasks: open, timers, ready }, _stimulus: Stimulus) => {
            left = { threads, open, timers, ready };
          },
        });
        expect(left).toEqual({ threads: {}, open: {}, timers: {}, ready: [] });
      }),
      { numRuns: 60 },
    );
  });
});
