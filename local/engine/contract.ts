/**
 * What crosses the door of the engine: types alone. `engine.ts` exports the functions:
 *
 *   compile(definition: string): Machine
 *   newExecution(options: ExecutionOptions): ExecutionState
 *   advance(machine, execution, stimulus, environment): Outcome | Promise<Outcome>
 *   childInputs(machine, execution, request, environment): Json[] | Promise<Json[]>, of a distributed Map's children
 *
 * The engine owns the meaning of the Amazon States Language. It reads no clock and does no I/O: time comes with each
 * stimulus, randomness and task tokens from the environment. Called by a driver, which keeps one mailbox per
 * execution.
 *
 * Invariants
 * 1. The driver serialises: no `advance` of an execution begins before the former one of that execution has settled.
 * 2. `advance` changes the given ExecutionState in place; it holds plain JSON data, so that it can be journalled.
 * 3. An Outcome is a Promise only when a JSONata expression had to be awaited.
 * 4. Events are dense: ids continue the execution's own count, each names the event that caused it.
 * 5. Exactly one `finish` command is given per run of an execution; stimuli that come later give an empty outcome.
 * 6. A stimulus for a task or timer that is no longer pending gives an empty outcome (a late answer is no error).
 */
import type { Random } from '../kernel/random';
import type { ExecutionStatus } from './model/execution';
import type { Json } from './model/json';
import type { TaskResource } from './model/resource';

export type { Json } from './model/json';

/** A compiled definition, opaque; immutable and shared by all executions of it. */
export type { Machine } from './model/machine';

/** One event as GetExecutionHistory gives it, but for `timestamp`, which is in milliseconds since the epoch. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: number;
  /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
  type: string;
  /** `stateEnteredEventDetails`, `taskScheduledEventDetails` …; at most one beside the members above. */
  [details: `${string}EventDetails`]: { [member: string]: unknown } | undefined;
}

/** What an execution begins with. */
export interface ExecutionOptions {
  readonly executionArn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly stateMachine: { readonly id: string; readonly name: string };
  readonly type: 'STANDARD' | 'EXPRESS';
  /** JSON text, already found to be valid. */
  readonly input: string;
  /** The same as a value, where somebody has read it already. */
  readonly inputValue?: Json;
  readonly startTimeMs: number;
  /** Members of the context object that stand in place of the engine's own (TestState's `context`). */
  readonly contextOverrides?: { [key: string]: Json };
}

export type { ExecutionState, ExecutionStatus } from './model/execution';

/** What the engine is lent for the time of one `advance`. */
export interface Environment {
  readonly random: Random;
  /** The token that a `.waitForTaskToken` task hands out; asked once per task, before its `runTask`. */
  taskToken(taskId: string): string;
  /** False for an activity that does not exist (any more); absent: all exist. */
  activityExists?(arn: string): boolean;
  /** State transitions that one `advance` may make before it gives a `continue` command; 10,000 by default. */
  readonly budget?: number;
}

/** What happens to an execution. `atMs`: milliseconds since the epoch, never going back. */
export type Stimulus = { readonly atMs: number } & (
  | { readonly kind: 'start' }
  /** Answers a `continue` command. */
  | { readonly kind: 'continue' }
  /** The call has begun (LambdaFunctionStarted, TaskStarted; ActivityStarted with the name of its worker). */
  | { readonly kind: 'taskStarted'; readonly taskId: string; readonly workerName?: string }
  /** The call of a `.sync` or `.waitForTaskToken` task has been answered with `output` (JSON text). */
  | { readonly kind: 'taskSubmitted'; readonly taskId: string; readonly output: string }
  /** JSON text. For request-response tasks the answer, for others the result of the job or of the callback. */
  | { readonly kind: 'taskSucceeded'; readonly taskId: string; readonly output: string }
  | {
      readonly kind: 'taskFailed';
      readonly taskId: string;
      readonly error?: string;
      readonly cause?: string;
      /** What failed: TaskFailed and LambdaFunctionFailed (default), …ScheduleFailed, …StartFailed, TaskSubmitFailed. */
      readonly phase?: 'run' | 'schedule' | 'start' | 'submit';
      /** Neither Retry nor Catch take it: the execution cannot go on, whatever its definition says. */
      readonly isUncaught?: boolean;
    }
  /** SendTaskHeartbeat: the heartbeat timer begins anew. */
  | { readonly kind: 'taskHeartbeat'; readonly taskId: string }
  | { readonly kind: 'timerFired'; readonly timerId: string }
  /** StopExecution, or the end of a parent that this execution runs for. */
  | { readonly kind: 'stop'; readonly error?: string; readonly cause?: string }
  /** An Express execution's five minutes are over, or another end that comes from outside with its own status. */
  | { readonly kind: 'timeout'; readonly error?: string; readonly cause?: string }
  | { readonly kind: 'mapRunStarted'; readonly mapRunId: string; readonly mapRunArn: string }
  | {
      readonly kind: 'mapRunRedriven';
      readonly mapRunId: string;
      readonly mapRunArn: string;
      readonly redriveCount: number;
    }
  | { readonly kind: 'mapRunSucceeded'; readonly mapRunId: string; readonly output: string }
  | { readonly kind: 'mapRunFailed'; readonly mapRunId: string; readonly error?: string; readonly cause?: string }
  | { readonly kind: 'redrive' }
);

export type { TaskPattern, TaskResource } from './model/resource';

/** What the driver must carry out, in order. */
export type Command =
  | {
      readonly kind: 'runTask';
      readonly taskId: string;
      readonly stateName: string;
      readonly resource: TaskResource;
      /** The evaluated Arguments or Parameters; for plain Lambda ARNs and activities the input. */
      readonly parameters: Json;
      /** The same as JSON text. */
      readonly parametersText: string;
      /** The role of the state's Credentials. */
      readonly credentials?: { readonly roleArn: string };
      /** For information: the engine keeps both times itself, through startTimer. */
      readonly timeoutSeconds?: number;
      readonly heartbeatSeconds?: number;
      /** Of a `.waitForTaskToken` task; the token that `Environment.taskToken` gave. */
      readonly taskToken?: string;
      /** 0 for the first try; counts Retry. */
      readonly attempt: number;
      /** The id of the …Scheduled event: with the execution's ARN it names this command for ever. */
      readonly scheduledEventId: number;
    }
  /** The task is of no interest any more (timeout, failed sibling, stop): cancel what can be cancelled. */
  | { readonly kind: 'cancelTask'; readonly taskId: string }
  | { readonly kind: 'startTimer'; readonly timerId: string; readonly atMs: number }
  | { readonly kind: 'cancelTimer'; readonly timerId: string }
  /** The budget of steps is used up: call `advance` with `continue` after others had their turn. */
  | { readonly kind: 'continue' }
  | ({ readonly kind: 'startMapRun' } & MapRunPlan)
  | { readonly kind: 'stopMapRun'; readonly mapRunId: string; readonly error?: string; readonly cause?: string }
  | {
      readonly kind: 'finish';
      readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
      /** JSON text. */
      readonly output?: string;
      readonly error?: string;
      readonly cause?: string;
    };

/** A distributed Map, evaluated up to its items; the driver reads them, starts the children and writes the results. */
export interface MapRunPlan {
  readonly mapRunId: string;
  /** A redrive: the Map Run to be taken up again; `mapRunRedriven` answers instead of `mapRunStarted`. */
  readonly redriveOf?: string;
  readonly stateName: string;
  readonly label?: string;
  readonly childType: 'STANDARD' | 'EXPRESS';
  /** The definition of the children as JSON text: the ItemProcessor as a state machine of its own. */
  readonly childDefinition: string;
  /** Items from the state's input, before ItemSelector (`childInputs` applies it); absent when `reader` gives them. */
  readonly items?: Json[];
  readonly reader?: { readonly resource: string; readonly parameters: Json; readonly config: Json };
  readonly writer?: { readonly resource: string; readonly parameters: Json; readonly config?: Json };
  readonly maxConcurrency: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly batcher?: { readonly maxItems?: number; readonly maxInputBytes?: number; readonly batchInput?: Json };
}

/** Asks for what a Map Run's children begin with: its items through ItemSelector. */
export interface ChildInputsRequest {
  readonly mapRunId: string;
  readonly atMs: number;
  readonly items: readonly Json[];
  /** Index of the first of `items` among all. */
  readonly firstIndex: number;
}

/** What one `advance` gives. */
export interface Outcome {
  readonly events: HistoryEvent[];
  readonly commands: Command[];
}
