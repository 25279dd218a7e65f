/**
 * What holds of every execution, whatever the machine. The trace hash is taken of the whole history with its times;
 * a journal is the JSON text of the execution's data.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type RunOptions, type RunResult, runMachine, type TaskAnswer, type TaskCall } from '../../support/run-machine';
import { type RandomMachine, randomMachine } from './random-machine';

const input = { items: [1, 2, 3] };
const TERMINAL = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;

/** Answers that depend on nothing but the call: at once, late, failing, or never. */
function tasks({ stateName, attempt, parameters }: TaskCall): TaskAnswer {
  const digest = createHash('sha256')
    .update(`${stateName} ${attempt} ${shapeOf(parameters)}`)
    .digest();
  const draw = digest[0]! % 10;
  if (draw < 5) return { result: { draw }, afterSeconds: draw };
  if (draw === 9) return { silent: true };
  return { error: draw < 7 ? 'Busy' : 'Drawn', cause: String(draw), afterSeconds: draw - 5 };
}

/** Random members of the parameters must not decide, or seeds could not be compared. */
function shapeOf(value: unknown): string {
  return JSON.stringify(value)?.replace(/[\d.a-f-]{6,}/g, '#') ?? '';
}

const run = (machine: RandomMachine, options: RunOptions = {}) => runMachine(machine, { input, tasks, ...options });
const traceHash = (result: RunResult) => createHash('sha256').update(JSON.stringify(result.events)).digest('hex');

/** What the recorded execution was told by its tasks, by the state that asked and the order of its calls. */
function recordedAnswers(machine: RandomMachine): Promise<{ result: RunResult; answers: Map<string, TaskAnswer> }> {
  const answers = new Map<string, TaskAnswer>();
  const recorded = (call: TaskCall) => {
    const answer = tasks(call);
    answers.set(`${call.stateName} ${call.attempt}`, answer);
    return answer;
  };
  return run(machine, { tasks: recorded }).then((result) => ({ result, answers }));
}

describe('any execution of any machine', () => {
  it('has dense event ids, each event caused by an earlier one that was not the end', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, async (machine) => {
        const { events } = await run(machine);
        expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
        for (const event of events) {
          expect(event.previousEventId).toBeGreaterThanOrEqual(0);
          expect(event.previousEventId).toBeLessThan(event.id);
          const cause = events[event.previousEventId - 1];
          if (cause) expect(cause.type).not.toMatch(TERMINAL);
          if (cause) expect(cause.timestamp).toBeLessThanOrEqual(event.timestamp);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has exactly one end, the last event, and it is what the execution reports', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, fc.option(fc.nat(60), { nil: undefined }), async (machine, stopAfterSeconds) => {
        const { events, status } = await run(machine, { stopAfterSeconds });
        const ends = events.filter(({ type }) => TERMINAL.test(type));
        expect(ends).toEqual([events.at(-1)]);
        expect(ends[0]!.type.replace('Execution', '').replace('TimedOut', 'Timed_Out').toUpperCase()).toBe(status);
      }),
      { numRuns: 120 },
    );
  });

  it('exits each state that it entered, unless the state or what holds it failed', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, async (machine) => {
        const { events, status } = await run(machine);
        const count = (pattern: RegExp) => events.filter(({ type }) => pattern.test(type)).length;
        const [entered, exited] = [count(/StateEntered$/), count(/StateExited$/)];
        expect(exited).toBeLessThanOrEqual(entered);
        const isClean = !events.some(({ type }) => /Failed|Aborted|TimedOut|FailState/.test(type));
        if (status === 'SUCCEEDED' && isClean) expect(exited).toBe(entered);
      }),
      { numRuns: 80 },
    );
  });

  it('gives the same trace hash for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, fc.nat(), async (machine, seed) => {
        expect(traceHash(await run(machine, { seed }))).toBe(traceHash(await run(machine, { seed })));
      }),
      { numRuns: 80 },
    );
  });

  it('gives the same output when it is replayed from the inputs that its history records', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, async (machine) => {
        const { result, answers } = await recordedAnswers(machine);
        const started = result.events[0]!.executionStartedEventDetails as { input: string };
        const replayed = await run(machine, {
          input: JSON.parse(started.input),
          tasks: ({ stateName, attempt }) => answers.get(`${stateName} ${attempt}`)!,
        });
        expect({ ...replayed, calls: [] }).toEqual({ ...result, calls: [] });
      }),
      { numRuns: 80 },
    );
  });

  it('goes on the same way when it is written down and read again after any event', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, async (machine) => {
        const kept = await run(machine);
        const journalled = await run(machine, { isJournalled: true });
        expect(traceHash(journalled)).toBe(traceHash(kept));
        expect(journalled.output).toEqual(kept.output);
      }),
      { numRuns: 100 },
    );
  });

  it('goes on the same way, and keeps its order, when every step is a turn of its own and is written down', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, async (machine) => {
        const kept = await run(machine, { budget: 1 });
        const journalled = await run(machine, { budget: 1, isJournalled: true });
        expect(traceHash(journalled)).toBe(traceHash(kept));
        expect(journalled.events.map(({ id }) => id)).toEqual(journalled.events.map((_, index) => index + 1));
        expect(journalled.events.filter(({ type }) => TERMINAL.test(type))).toHaveLength(1);
      }),
      { numRuns: 80 },
    );
  });
});
