import type { Command, ExecutionState, HistoryEvent } from '../../../engine/contract';
import type { Journal, JournalCollection } from '../../../kernel/journal';
import type { ExecutionRecord, MachineRecord } from '../model';
import type { MachineStore } from './machine-store';
import { writable } from './writable';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html#service-limits-state-machine-executions */
const RETENTION_MS = 90 * 24 * 3600 * 1000;

type Finish = Extract<Command, { kind: 'finish' }>;

/**
 * Executions with their histories. The journal has them in three kinds of records, so that what a step changes is written alone:
 * an execution without events and state, its state, and its events by the id of the first of those that came together.
 * Express executions are there only while they run, without a state: they begin anew. Those of Map Runs are kept by their
 * run, and those of StartSyncExecution nowhere: whoever waited for one has gone with the process.
 */
export class ExecutionStore {
  private readonly executions = new Map<string, ExecutionRecord>();
  private readonly isDurable: boolean;
  private readonly durable: JournalCollection<ExecutionRecord>;
  private readonly durableStates: JournalCollection<ExecutionState>;
  private readonly durableEvents: JournalCollection<readonly HistoryEvent[]>;

  constructor(journal: Journal, machines: MachineStore) {
    this.isDurable = journal.isDurable;
    this.durable = journal.collection('states.executions');
    this.durableStates = journal.collection('states.executionStates');
    this.durableEvents = journal.collection('states.executionEvents');
    for (const [arn, record] of this.durable.restored()) this.restore(arn, record, machines.get(record.machineArn));
    for (const [arn, state] of this.durableStates.restored()) this.open(arn).state = state;
    for (const [key, events] of this.durableEvents.restored()) {
      const { events: known } = this.open(key.slice(0, key.lastIndexOf('#')));
      for (const event of events) known.push(event);
    }
  }

  /** Ended executions are forgotten 90 days after their end, and their names become free. */
  get(arn: string, nowMs: number): ExecutionRecord | undefined {
    const execution = this.executions.get(arn);
    if (execution?.stopDate === undefined || nowMs - execution.stopDate < RETENTION_MS) return execution;
    this.executions.delete(arn);
    this.forget(execution);
    return undefined;
  }

  /** Those that were under way when an earlier process ended. */
  running(): ExecutionRecord[] {
    return [...this.executions.values()].filter((execution) => execution.status === 'RUNNING');
  }

  add(execution: ExecutionRecord, state: ExecutionState, machine: MachineRecord | undefined): void {
    writable(execution).state = state;
    this.executions.set(execution.arn, execution);
    if (machine && execution.type === 'STANDARD' && !execution.mapRunArn)
      writable(machine).executions.push(execution.arn);
    this.keep(execution);
    this.changed(execution);
  }

  /** Its state has been changed in place. */
  changed(execution: ExecutionRecord): void {
    if (this.isDurable && execution.type === 'STANDARD') this.durableStates.put(execution.arn, execution.state!);
  }

  append(execution: ExecutionRecord, events: readonly HistoryEvent[]): void {
    // Most executions end in one go: a copy is no longer than it must be, an array that grew is.
    const open = writable(execution);
    if (open.events.length === 0) open.events = events.slice();
    else for (const event of events) open.events.push(event);
    if (this.isDurable) this.durableEvents.put(`${execution.arn}#${events[0]!.id}`, events);
  }

  /** Express executions are forgotten at once: nothing can ask for them. `state` is kept when a redrive may follow. */
  finish(execution: ExecutionRecord, end: Finish, atMs: number, state: ExecutionState | undefined): void {
    const open = writable(execution);
    open.status = end.status;
    open.stopDate = atMs;
    if (end.output !== undefined) open.output = end.output;
    if (end.error !== undefined) open.error = end.error;
    if (end.cause !== undefined) open.cause = end.cause;
    open.state = state;
    if (execution.type === 'EXPRESS') this.executions.delete(execution.arn);
    this.keep(execution);
  }

  /** Lets an Express child of a Map Run begin anew, under the same ARN. */
  renew(execution: ExecutionRecord, atMs: number): void {
    const open = restart(execution);
    open.startDate = atMs;
    this.keep(execution);
  }

  /** Puts an ended execution back to work. */
  reopen(execution: ExecutionRecord, atMs: number): void {
    const open = restart(execution);
    open.redriveCount = (execution.redriveCount ?? 0) + 1;
    open.redriveDate = atMs;
    this.keep(execution);
  }

  private restore(arn: string, record: ExecutionRecord, machine: MachineRecord | undefined): void {
    this.executions.set(arn, record);
    if (machine && record.type === 'STANDARD' && !record.mapRunArn) writable(machine).executions.push(arn);
  }

  private open(arn: string) {
    return writable(this.executions.get(arn)!);
  }

  private keep(execution: ExecutionRecord): void {
    if (!this.isDurable) return;
    const { arn, type, status, mapRunArn, isSynchronous, state } = execution;
    if (type === 'STANDARD') {
      this.durable.put(arn, { ...execution, state: undefined, events: [] });
      if (!state) this.durableStates.delete(arn);
    } else if (!mapRunArn && !isSynchronous) {
      if (status === 'RUNNING') this.durable.put(arn, { ...execution, state: undefined, events: [] });
      else this.durable.delete(arn);
    }
  }

  private forget({ arn, events }: ExecutionRecord): void {
    if (!this.isDurable) return;
    this.durable.delete(arn);
    this.durableStates.delete(arn);
    for (const { id } of events) this.durableEvents.delete(`${arn}#${id}`);
  }
}

function restart(execution: ExecutionRecord) {
  const open = writable(execution);
  open.status = 'RUNNING';
  open.stopDate = undefined;
  open.error = undefined;
  open.cause = undefined;
  return open;
}
