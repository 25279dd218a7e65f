import {
  advance,
  type Command,
  compile,
  type ExecutionState,
  type HistoryEvent,
  newExecution,
  type Stimulus,
} from '../../local/engine/engine';
import { type Random, SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';

type Json = any;

/** What a stubbed task is asked. */
export interface TaskCall {
  /** The Resource as written in the definition. */
  readonly resource: string;
  readonly stateName: string;
  readonly parameters: Json;
  /** 0 for the first call of this state, whatever it was called for: counts the calls of one state's name. */
  readonly attempt: number;
  /** Of `.waitForTaskToken` tasks. */
  readonly taskToken?: string;
}

/** How a stubbed task answers; `afterSeconds` of simulated time, at once by default. */
export type TaskAnswer = { readonly afterSeconds?: number } & (
  | { readonly result: Json }
  | { readonly error: string; readonly cause?: string }
  /** Never: only a timeout ends it. */
  | { readonly silent: true }
);

export interface RunOptions {
  readonly input?: Json;
  /** Answers for all tasks, or by name of the state. A task without an answer is an error of the test. */
  readonly tasks?: ((call: TaskCall) => TaskAnswer) | Record<string, (call: TaskCall) => TaskAnswer>;
  readonly clock?: SimulatedClock;
  readonly seed?: number | string;
  readonly random?: Random;
  /** Merged over the context object: `{ Execution: { Name: 'order-1' } }`. */
  readonly contextOverrides?: Record<string, Json>;
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Stops the execution when the simulated clock has moved so far. */
  readonly stopAfterSeconds?: number;
  /** Seen after each `advance`. */
  readonly onOutcome?: (execution: ExecutionState, stimulus: Stimulus) => void;
  readonly budget?: number;
  /** Replaces the execution by what its JSON text says after each `advance`: as a runtime that is killed and continued. */
  readonly isJournalled?: boolean;
}

export interface RunResult {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly events: HistoryEvent[];
  /** Names of the states that were entered, in order. */
  readonly path: string[];
  /** What AWS would bill of a Standard machine: states entered and retries. */
  readonly transitions: number;
  /** Simulated seconds from start to end. */
  readonly seconds: number;
  readonly calls: TaskCall[];
}

/** How many definitions are kept compiled: a test of a workflow runs one of them hundreds of times. */
const KEPT_DEFINITIONS = 20;
const kept = new Map<string, ReturnType<typeof compile>>();

function compiled(definition: string): ReturnType<typeof compile> {
  const machine = kept.get(definition) ?? compile(definition);
  if (kept.size === KEPT_DEFINITIONS) kept.clear();
  kept.set(definition, machine);
  return machine;
}

/**
 * Runs a definition on the engine alone: time is the simulated clock, tasks are stubs. Rejects when the execution neither
 * ends nor has anything left to wait for.
 */
export async function runMachine(definition: object | string, options: RunOptions = {}): Promise<RunResult> {
  const clock = options.clock ?? new SimulatedClock();
  const startMs = clock.now();
  const random = options.random ?? new SeededRandom(options.seed ?? 1);
  const machine = compiled(typeof definition === 'string' ? definition : JSON.stringify(definition));
  const name = 'run';
  let execution = newExecution({
    executionArn: `arn:aws:states:us-east-1:000000000000:execution:machine:${name}`,
    name,
    roleArn: 'arn:aws:iam::000000000000:role/machine',
    stateMachine: { id: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine', name: 'machine' },
    type: options.type ?? 'STANDARD',
    input: JSON.stringify(options.input ?? {}),
    startTimeMs: startMs,
    contextOverrides: options.contextOverrides,
  });
  const events: HistoryEvent[] = [];
  const calls: TaskCall[] = [];
  const timers = new Map<string, { cancel(): void }>();
  const mailbox: Stimulus[] = [];
  let finish: Extract<Command, { kind: 'finish' }> | undefined;

  const post = (stimulus: Omit<Stimulus, 'atMs'> & Record<string, unknown>) =>
    mailbox.push({ ...stimulus, atMs: clock.now() } as Stimulus);

  const answer = (command: Extract<Command, { kind: 'runTask' }>) => {
    const call: TaskCall = {
      resource: command.resource.arn,
      stateName: command.stateName,
      parameters: command.parameters,
      attempt: calls.filter((earlier) => earlier.stateName === command.stateName).length,
      taskToken: command.taskToken,
    };
    calls.push(call);
    const stub = typeof options.tasks === 'function' ? options.tasks : options.tasks?.[command.stateName];
    if (!stub) throw new Error(`no stubbed answer for the task '${command.stateName}'`);
    const given = stub(call);
    const { taskId } = command;
    post({ kind: 'taskStarted', taskId });
    if (command.resource.kind === 'service' && command.resource.pattern !== 'requestResponse') {
      post({ kind: 'taskSubmitted', taskId, output: '{}' });
    }
    if ('silent' in given) return;
    const deliver = () =>
      'error' in given
        ? post({ kind: 'taskFailed', taskId, error: given.error, cause: given.cause })
        : post({ kind: 'taskSucceeded', taskId, output: JSON.stringify(given.result) });
    if (given.afterSeconds) clock.schedule(clock.now() + given.afterSeconds * 1000, deliver);
    else deliver();
  };

  const carryOut = (command: Command) => {
    switch (command.kind) {
      case 'runTask':
        return answer(command);
      case 'startTimer': {
        const { timerId } = command;
        timers.set(
          timerId,
          clock.schedule(command.atMs, () => post({ kind: 'timerFired', timerId })),
        );
        return;
      }
      case 'cancelTimer':
        return timers.get(command.timerId)?.cancel();
      case 'continue':
        return post({ kind: 'continue' });
      case 'finish':
        finish = command;
        return;
      case 'startMapRun':
        throw new Error('the harness runs no distributed Map');
      default:
        return;
    }
  };

  post({ kind: 'start' });
  if (options.stopAfterSeconds !== undefined) {
    clock.schedule(startMs + options.stopAfterSeconds * 1000, () => post({ kind: 'stop' }));
  }
  for (;;) {
    const stimulus = mailbox.shift();
    if (stimulus) {
      const outcome = await advance(machine, execution, stimulus, {
        random,
        taskToken: (taskId) => `token-${taskId}`,
        budget: options.budget,
      });
      events.push(...outcome.events);
      outcome.commands.forEach(carryOut);
      options.onOutcome?.(execution, stimulus);
      if (options.isJournalled) execution = JSON.parse(JSON.stringify(execution));
    } else if (finish || !(await clock.runNext())) break;
  }
  if (!finish) throw new Error(`the execution waits for something that never comes: ${events.at(-1)?.type}`);
  return {
    status: finish.status,
    output: finish.output === undefined ? undefined : JSON.parse(finish.output),
    error: finish.error,
    cause: finish.cause,
    events,
    path: events.flatMap((event) => (event.stateEnteredEventDetails?.name as string | undefined) ?? []),
    transitions:
      calls.length + events.filter(({ type }) => type.endsWith('StateEntered') && type !== 'TaskStateEntered').length,
    seconds: (clock.now() - startMs) / 1000,
    calls,
  };
}
