import type { Command, Environment, ExecutionState, Machine, Stimulus } from '../../engine/contract';
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
  // Most executions need none of these maps, and they cost more than the rest of this object: made when first asked for.
  private timersNow: Map<string, Timer> | undefined;
  private tasksNow: Map<string, PendingTask> | undefined;
  private mapRunsNow: Map<string, { stop(): void }> | undefined;
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
    readonly environment: Environment,
  ) {}

  get timers(): Map<string, Timer> {
    this.timersNow ??= new Map();
    return this.timersNow;
  }

  get tasks(): Map<string, PendingTask> {
    this.tasksNow ??= new Map();
    return this.tasksNow;
  }

  get mapRuns(): Map<string, { stop(): void }> {
    this.mapRunsNow ??= new Map();
    return this.mapRunsNow;
  }

  get hasTasks(): boolean {
    return this.tasksNow !== undefined && this.tasksNow.size > 0;
  }

  /** Withdraws timers, calls and Map Runs. */
  release(): void {
    for (const timer of this.timersNow?.values() ?? []) timer.cancel();
    for (const run of this.mapRunsNow?.values() ?? []) run.stop();
    for (const task of this.tasksNow?.values() ?? []) task.abort.abort();
    this.timersNow = undefined;
    this.mapRunsNow = undefined;
    this.tasksNow = undefined;
    this.mailbox.length = 0;
  }
}
