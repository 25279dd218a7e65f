import type { Command, ExecutionState, Machine, Stimulus } from '../../engine/contract';
import type { Timer } from '../../kernel/clock';
import type { Caller } from '../../wire/caller';
import type { ExecutionRecord, Revision } from './model';

/** A stimulus before the driver has told it the time. */
export type Message = Stimulus extends infer S ? (S extends Stimulus ? Omit<S, 'atMs'> : never) : never;

export type RunTask = Extract<Command, { kind: 'runTask' }>;

/** A task whose end is awaited. */
export interface PendingTask {
  readonly command: RunTask;
  readonly abort: AbortController;
}

/** What the driver holds of an execution while it runs; all of it can be made anew from the store. */
export class RunningExecution {
  readonly timers = new Map<string, Timer>();
  readonly tasks = new Map<string, PendingTask>();
  readonly mapRuns = new Map<string, { stop(): void }>();
  readonly mailbox: Message[] = [];
  /** True from the beginning of one `advance` to its end: what arrives meanwhile waits in the mailbox. */
  isBusy = false;
  /** The session of the machine's role; made when the first task needs it. */
  caller: Caller | undefined;

  constructor(
    readonly record: ExecutionRecord,
    readonly revision: Revision,
    readonly machine: Machine,
    readonly state: ExecutionState,
  ) {}

  /** Withdraws timers, calls and Map Runs. */
  release(): void {
    for (const timer of this.timers.values()) timer.cancel();
    for (const run of this.mapRuns.values()) run.stop();
    for (const task of this.tasks.values()) task.abort.abort();
    this.timers.clear();
    this.mapRuns.clear();
    this.tasks.clear();
    this.mailbox.length = 0;
  }
}
