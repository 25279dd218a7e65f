import type { Command, ExecutionState, HistoryEvent } from '../../../engine/contract';
import type { ExecutionRecord, MachineRecord } from '../model';
import { writable } from './writable';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html#service-limits-state-machine-executions */
const RETENTION_MS = 90 * 24 * 3600 * 1000;

type Finish = Extract<Command, { kind: 'finish' }>;

/** Executions with their histories. */
export class ExecutionStore {
  private readonly executions = new Map<string, ExecutionRecord>();

  /** Ended executions are forgotten 90 days after their end, and their names become free. */
  get(arn: string, nowMs: number): ExecutionRecord | undefined {
    const execution = this.executions.get(arn);
    if (execution?.stopDate === undefined || nowMs - execution.stopDate < RETENTION_MS) return execution;
    this.executions.delete(arn);
    return undefined;
  }

  add(execution: ExecutionRecord, state: ExecutionState, machine: MachineRecord | undefined): void {
    writable(execution).state = state;
    this.executions.set(execution.arn, execution);
    if (machine && execution.type === 'STANDARD' && !execution.mapRunArn)
      writable(machine).executions.push(execution.arn);
  }

  append(execution: ExecutionRecord, events: readonly HistoryEvent[]): void {
    // Most executions end in one go: a copy is no longer than it must be, an array that grew is.
    const open = writable(execution);
    if (open.events.length === 0) open.events = events.slice();
    else for (const event of events) open.events.push(event);
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
  }

  /** Lets an Express child of a Map Run begin anew, under the same ARN. */
  renew(execution: ExecutionRecord, atMs: number): void {
    const open = restart(execution);
    open.startDate = atMs;
  }

  /** Puts an ended execution back to work. */
  reopen(execution: ExecutionRecord, atMs: number): void {
    const open = restart(execution);
    open.redriveCount = (execution.redriveCount ?? 0) + 1;
    open.redriveDate = atMs;
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
