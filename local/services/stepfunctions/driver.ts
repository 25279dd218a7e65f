/**
 * Owns the run of executions: one mailbox for each, the kernel's clock for their timers, and the carrying out of the
 * engine's commands.
 * Refuses to know the language: what an event means is the engine's business.
 *
 * Invariants
 * 1. No `advance` of an execution begins before the former one has settled.
 * 2. Events are in the store before any command that follows from them is carried out.
 * 3. What arrives for an execution that has ended has no effect.
 */
import type { Command, HistoryEvent, Json, Machine, Outcome } from '../../engine/contract';
import { advance, compile, newExecution } from '../../engine/engine';
import type { Host } from '../../wire/host';
import { EngineEnvironment } from './engine-environment';
import type { ExecutionObserver } from './execution-observer';
import type { ExecutionRecord, MachineRecord, Revision } from './model';
import { type Message, type PendingTask, RunningExecution, type RunTask } from './running-execution';
import type { StepFunctionsStore } from './store';

/** Express executions may last five minutes. */
const EXPRESS_LIMIT_MS = 5 * 60 * 1000;

/** Begins tasks; their results come back through {@link Driver.post}. */
export interface TaskStarter {
  start(running: RunningExecution, task: PendingTask): void;
  /** Called when a task is of no interest any more, after its signal was aborted. */
  cancelled(running: RunningExecution, task: PendingTask): void;
}

/** Begins the children of a distributed Map. */
export interface MapRunStarter {
  start(running: RunningExecution, plan: Extract<Command, { kind: 'startMapRun' }>): { stop(): void };
}

/** Runs executions. */
export class Driver {
  tasks!: TaskStarter;
  mapRuns!: MapRunStarter;
  readonly observers: ExecutionObserver[] = [];
  private readonly running = new Map<string, RunningExecution>();
  /** A revision never changes, so that it is compiled once. */
  private readonly machines = new WeakMap<Revision, Machine>();
  private readonly waiters = new Map<string, (() => void)[]>();

  constructor(
    private readonly host: Host,
    private readonly store: StepFunctionsStore,
  ) {}

  /** Admits a new execution, and takes it as far as it gets without waiting. */
  start(
    record: ExecutionRecord,
    machine: MachineRecord | undefined,
    revision: Revision,
    machineName: string,
    inputValue?: Json,
  ): void {
    this.begin(this.admit(record, machine, revision, machineName, inputValue));
  }

  /**
   * Puts a new execution into the store: from now on it runs, its first message in its mailbox. `inputValue` is the
   * record's input, where it has been read already. The caller owes a {@link begin}.
   */
  admit(
    record: ExecutionRecord,
    machine: MachineRecord | undefined,
    revision: Revision,
    machineName: string,
    inputValue?: Json,
  ): RunningExecution {
    const state = newExecution({
      executionArn: record.arn,
      name: record.name,
      roleArn: revision.roleArn,
      stateMachine: { id: record.machineArn, name: machineName },
      type: record.type,
      input: record.input,
      inputValue,
      startTimeMs: record.startDate,
    });
    this.store.executions.add(record, state, machine);
    const running = this.adopt(record, revision);
    for (const observer of this.observers) observer.started?.(record, revision);
    running.mailbox.push({ kind: 'start' });
    return running;
  }

  /** Takes an admitted execution as far as it gets without waiting. */
  begin(running: RunningExecution): void {
    const { record } = running;
    if (!running.isBusy) this.drain(running);
    if (record.type === 'EXPRESS' && this.running.has(record.arn)) {
      const timer = this.host.kernel.clock.schedule(record.startDate + EXPRESS_LIMIT_MS, () =>
        this.post(record.arn, { kind: 'timeout', error: 'States.Timeout' }),
      );
      running.timers.set('express-limit', timer);
    }
  }

  /** Takes up an execution that ended without success where it failed. */
  redrive(record: ExecutionRecord, revision: Revision): void {
    this.adopt(record, revision);
    for (const observer of this.observers) observer.started?.(record, revision);
    this.post(record.arn, { kind: 'redrive' });
  }

  /** Hands a message to an execution; false when it does not run (any more). */
  post(executionArn: string, message: Message): boolean {
    const running = this.running.get(executionArn);
    if (!running) return false;
    running.mailbox.push(message);
    if (!running.isBusy) this.drain(running);
    return true;
  }

  /** The pending task of a running execution, when it is still awaited. */
  pendingTask(executionArn: string, taskId: string): PendingTask | undefined {
    return this.running.get(executionArn)?.tasks.get(taskId);
  }

  /** A task has ended: what comes for it later finds nothing. */
  settleTask(executionArn: string, taskId: string): void {
    this.running.get(executionArn)?.tasks.delete(taskId);
  }

  /** Settles when the execution has ended; at once when it does not run. */
  async ended(executionArn: string): Promise<void> {
    if (!this.running.has(executionArn)) return;
    await new Promise<void>((resolve) => {
      const waiting = this.waiters.get(executionArn);
      if (waiting) waiting.push(resolve);
      else this.waiters.set(executionArn, [resolve]);
    });
  }

  /** Withdraws every timer and call, without ending the executions. */
  release(): void {
    for (const running of this.running.values()) running.release();
    this.running.clear();
  }

  private adopt(record: ExecutionRecord, revision: Revision): RunningExecution {
    let machine = this.machines.get(revision);
    if (!machine) {
      machine = compile(revision.definition);
      this.machines.set(revision, machine);
    }
    const environment = new EngineEnvironment(this.host.kernel.random, this.store, record.arn);
    const running = new RunningExecution(record, revision, machine, record.state!, environment);
    this.running.set(record.arn, running);
    return running;
  }

  private drain(running: RunningExecution): void {
    running.isBusy = true;
    for (let message = running.mailbox.shift(); message; message = running.mailbox.shift()) {
      try {
        const stimulus = Object.assign(message, { atMs: this.host.kernel.clock.now() });
        const outcome = advance(running.machine, running.state, stimulus, running.environment);
        if (outcome instanceof Promise) {
          outcome.then(
            (settled) => this.resume(running, settled),
            (defect) => this.abandon(running, defect),
          );
          return;
        }
        this.apply(running, outcome);
      } catch (defect) {
        this.abandon(running, defect);
      }
    }
    running.isBusy = false;
  }

  private resume(running: RunningExecution, outcome: Outcome): void {
    try {
      if (this.running.get(running.record.arn) === running) this.apply(running, outcome);
    } catch (defect) {
      this.abandon(running, defect);
    }
    this.drain(running);
  }

  private apply(running: RunningExecution, outcome: Outcome): void {
    this.record(running, outcome.events);
    for (const command of outcome.commands) this.carryOut(running, command);
  }

  private record(running: RunningExecution, events: readonly HistoryEvent[]): void {
    if (events.length === 0) return;
    if (running.record.type === 'STANDARD') this.store.executions.append(running.record, events);
    for (const observer of this.observers) observer.recorded?.(running.record, running.revision, events);
  }

  private carryOut(running: RunningExecution, command: Command): void {
    const { arn } = running.record;
    const { clock } = this.host.kernel;
    switch (command.kind) {
      case 'runTask':
        this.startTask(running, command);
        break;
      case 'cancelTask':
        this.cancelTask(running, command.taskId);
        break;
      case 'startTimer':
        this.startTimer(running, command.timerId, command.atMs);
        break;
      case 'cancelTimer':
        running.timers.get(command.timerId)?.cancel();
        running.timers.delete(command.timerId);
        break;
      case 'continue':
        clock.schedule(clock.now(), () => this.post(arn, { kind: 'continue' }));
        break;
      case 'startMapRun':
        running.mapRuns.set(command.mapRunId, this.mapRuns.start(running, command));
        break;
      case 'stopMapRun':
        running.mapRuns.get(command.mapRunId)?.stop();
        running.mapRuns.delete(command.mapRunId);
        break;
      case 'finish':
        this.finish(running, command);
        break;
    }
  }

  private startTask(running: RunningExecution, command: RunTask): void {
    const task = { command, abort: new AbortController() };
    running.tasks.set(command.taskId, task);
    this.tasks.start(running, task);
  }

  private startTimer(running: RunningExecution, timerId: string, atMs: number): void {
    const fire = () => {
      running.timers.delete(timerId);
      this.post(running.record.arn, { kind: 'timerFired', timerId });
    };
    running.timers.set(timerId, this.host.kernel.clock.schedule(atMs, fire));
  }

  private cancelTask(running: RunningExecution, taskId: string): void {
    const task = running.tasks.get(taskId);
    if (!task) return;
    running.tasks.delete(taskId);
    task.abort.abort();
    this.tasks.cancelled(running, task);
  }

  private finish(running: RunningExecution, end: Extract<Command, { kind: 'finish' }>): void {
    const { record } = running;
    if (running.hasTasks) for (const taskId of [...running.tasks.keys()]) this.cancelTask(running, taskId);
    running.release();
    this.running.delete(record.arn);
    const isRedrivable = record.type === 'STANDARD' && end.status !== 'SUCCEEDED';
    this.store.executions.finish(record, end, this.host.kernel.clock.now(), isRedrivable ? running.state : undefined);
    for (const observer of this.observers) observer.ended?.(record, running.revision);
    const waiting = this.waiters.get(record.arn);
    if (!waiting) return;
    this.waiters.delete(record.arn);
    for (const resolve of waiting) resolve();
  }

  /** A defect of ours must not leave an execution hanging: it fails as AWS fails what it cannot run. */
  private abandon(running: RunningExecution, defect: unknown): void {
    this.host.warn(
      `the execution ${running.record.arn} met a defect: ${defect instanceof Error ? defect.stack : defect}`,
    );
    if (this.running.get(running.record.arn) !== running) return;
    this.finish(running, { kind: 'finish', status: 'FAILED', error: 'States.Runtime', cause: 'Internal error' });
  }
}
