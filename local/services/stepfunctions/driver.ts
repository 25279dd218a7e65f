/**
 * Owns the run of executions: one mailbox for each, the kernel's clock for their timers, and the carrying out of the
 * engine's commands.
 * Refuses to know the language: what an event means is the engine's business.
 *
 * Invariants
 * 1. No `advance` of an execution begins before the former one has settled.
 * 2. Events are in the store before any command that follows from them is carried out.
 * 3. What arrives for an execution that has ended has no effect.
 * 4. Between two turns of the event loop the store says all that is needed to go on: an execution's state changes, and its
 *    commands are carried out, in the turn of what has happened to it.
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
  /** Goes on with a task that an earlier process began; `submitted` is the answer of its call, when it has been answered. */
  resume(running: RunningExecution, task: PendingTask, submitted: string | undefined): void;
  /** Called when a task is of no interest any more, after its signal was aborted. */
  cancelled(running: RunningExecution, task: PendingTask): void;
}

/** Begins the children of a distributed Map. */
export interface MapRunStarter {
  start(running: RunningExecution, plan: Extract<Command, { kind: 'startMapRun' }>): { stop(): void };
  /** Goes on with the children that an earlier process began. */
  resume(running: RunningExecution, mapRunId: string): { stop(): void } | undefined;
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
    this.store.tasks.ended(executionArn, taskId);
  }

  /** The call of a task has been answered; its job or its callback is awaited from now on. */
  submitTask(executionArn: string, { command }: PendingTask, output: string): void {
    if (this.pendingTask(executionArn, command.taskId)) this.store.tasks.submitted(executionArn, command, output);
    this.post(executionArn, { kind: 'taskSubmitted', taskId: command.taskId, output });
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

  /** Goes on with what was under way when an earlier process ended. Express executions begin anew, as AWS may run them twice. */
  resume(): void {
    const records = this.store.executions.running();
    const standard = records.filter((record) => record.type === 'STANDARD');
    const standing = standard.map((record) => this.adopt(record, this.store.machines.revision(record.revisionKey)));
    const tasks = standing.map((running) => this.awaitAnew(running));
    for (const [index, running] of standing.entries()) this.goOn(running, tasks[index]!);
    for (const record of records.filter(({ type }) => type === 'EXPRESS')) {
      this.store.executions.renew(record, this.host.kernel.clock.now());
      const machine = this.store.machines.get(record.machineArn);
      const name = machine?.name ?? record.machineArn.slice(record.machineArn.lastIndexOf(':') + 1);
      this.start(record, machine, this.store.machines.revision(record.revisionKey), name);
    }
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

  /** Makes the timers anew, and gives the tasks that are awaited again. */
  private awaitAnew(running: RunningExecution): Map<PendingTask, string | undefined> {
    const { record, state } = running;
    for (const [timerId, { atMs }] of Object.entries(state.timers)) this.startTimer(running, timerId, atMs);
    const tasks = new Map<PendingTask, string | undefined>();
    for (const taskId of Object.keys(state.tasks)) {
      const underWay = this.store.tasks.get(record.arn, taskId);
      if (!underWay) continue;
      const task = { command: underWay.command, abort: new AbortController() };
      running.tasks.set(taskId, task);
      tasks.set(task, underWay.submitted);
    }
    return tasks;
  }

  private goOn(running: RunningExecution, tasks: ReadonlyMap<PendingTask, string | undefined>): void {
    const { record, state } = running;
    if (state.lastThreadId === 0) this.post(record.arn, { kind: 'start' });
    else if (state.ready.length > 0) this.post(record.arn, { kind: 'continue' });
    for (const { waiting } of Object.values(state.threads)) {
      const mapRun = waiting?.kind === 'mapRun' && this.mapRuns.resume(running, waiting.mapRunId);
      if (waiting?.kind === 'mapRun' && mapRun) running.mapRuns.set(waiting.mapRunId, mapRun);
    }
    for (const [task, submitted] of tasks) {
      if (!task.abort.signal.aborted) this.tasks.resume(running, task, submitted);
    }
  }

  private drain(running: RunningExecution): void {
    running.isBusy = true;
    for (let message = running.mailbox.shift(); message; message = running.mailbox.shift()) {
      try {
        const stimulus = Object.assign(message, { atMs: this.host.kernel.clock.now() });
        const outcome = advance(running.machine, running.state, stimulus, running.environment);
        this.store.executions.changed(running.record);
        if (outcome instanceof Promise) {
          outcome.then(
            (settled) => this.continue(running, settled),
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

  private continue(running: RunningExecution, outcome: Outcome): void {
    try {
      if (this.running.get(running.record.arn) === running) {
        this.store.executions.changed(running.record);
        this.apply(running, outcome);
      }
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
    if (running.record.type === 'STANDARD') this.store.tasks.begun(running.record.arn, command);
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
    this.store.tasks.ended(running.record.arn, taskId);
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
