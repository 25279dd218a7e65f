import type { Json, JsonObject } from './json';
import type { Payload } from './payload';

/** As DescribeExecution gives it. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** All that an execution is, as plain JSON data: what `advance` reads and changes. */
export interface ExecutionState {
  readonly executionArn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly stateMachine: { readonly id: string; readonly name: string };
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly startTimeMs: number;
  readonly input: Payload;
  readonly contextOverrides?: JsonObject;
  status: ExecutionStatus;
  redriveCount: number;
  redriveTimeMs?: number;
  lastEventId: number;
  lastThreadId: number;
  lastTaskId: number;
  lastTimerId: number;
  /** Bytes of all variables of the threads that live. */
  variableBytes: number;
  /** The threads that live, by id. */
  threads: { [id: string]: Thread };
  /** Threads that have something to do, in turn. */
  ready: number[];
  /** The thread that waits for a task or a distributed Map, by the task's id. */
  tasks: { [taskId: string]: number };
  /** What a pending timer is for, by its id. */
  timers: { [timerId: string]: Timer };
  /** The first thread as an end without success left it, with what its children had reached: for a redrive. */
  fallen?: Thread;
}

/** A timer that the driver keeps. */
export interface Timer {
  /** Milliseconds since the epoch: a driver that has lost its timers makes them anew. */
  readonly atMs: number;
  readonly purpose: 'wait' | 'retry' | 'taskTimeout' | 'heartbeat' | 'executionTimeout';
  /** Absent for the timeout of the execution. */
  readonly threadId?: number;
}

/** One line of states: the execution's own, a branch's or an iteration's. */
export interface Thread {
  readonly id: number;
  /** The thread whose Parallel or Map state started this one. */
  readonly parentId?: number;
  /** Which branch or iteration of the parent. */
  readonly index: number;
  /** The key of its flow. */
  readonly flow: string;
  /** The item of a Map, for the context object. */
  readonly item?: { readonly value: Json };
  state: string;
  /** What the state was, or will be, entered with. */
  input: Payload;
  /** The event that causes the next one. */
  lastEventId: number;
  /** Set while the state is being run; absent between two states. */
  entered?: { readonly eventId: number; readonly causeId: number; readonly atMs: number };
  /** Variables assigned in this scope; those of outer scopes stand in the parent's. */
  variables: JsonObject;
  /** Bytes of each as JSON text. */
  variableBytes: { [name: string]: number };
  /** Retries so far, per retrier of the state. */
  attempts: number[];
  retryCount: number;
  waiting?: Waiting;
  /** The Map Run of this visit of a state, for a redrive to take up again. */
  mapRunArn?: string;
  /** Its Parallel or Map has failed: what the children had reached, for a redrive. */
  broken?: { readonly fork: Fork; readonly children: Thread[] };
}

/** What a thread waits for. */
export type Waiting =
  | { readonly kind: 'timer'; readonly timerId: string }
  | { readonly kind: 'retry'; readonly timerId: string }
  | TaskWait
  | Fork
  | MapRunWait;

/** A task that runs. */
export interface TaskWait {
  readonly kind: 'task';
  readonly taskId: string;
  readonly token?: string;
  isStarted: boolean;
  timeoutTimerId?: string;
  heartbeatTimerId?: string;
  readonly heartbeatSeconds?: number;
}

/** The children of a Parallel or an inline Map. */
export interface Fork {
  readonly kind: 'fork';
  /** Ids of the threads that still run. */
  running: number[];
  results: Json[];
  /** Results not there yet. */
  missing: number;
  /** Map: the items and which is the next to start. */
  items?: Json[];
  nextIndex: number;
  maxConcurrency: number;
}

/** A distributed Map that the driver runs. */
export interface MapRunWait {
  readonly kind: 'mapRun';
  readonly mapRunId: string;
}
