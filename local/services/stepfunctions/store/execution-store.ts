import type { Command, ExecutionState, HistoryEvent } from '../../../engine/contract';
import type { ExecutionRecord, MachineRecord } from '../model';

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
    execution.state = state;
    this.executions.set(execution.arn, execution);
    if (execution.type === 'STANDARD' && !execution.mapRunArn) machine?.executions.push(execution.arn);
  }

  append(execution: ExecutionRecord, events: readonly HistoryEvent[]): void {
    for (const event of events) execution.events.push(event);
  }

  /** Express executions are forgotten at once: nothing can ask for them. `state` is kept when a redrive may follow. */
  finish(execution: ExecutionRecord, end: Finish, atMs: number, state: ExecutionState | undefined): void {
    execution.status = end.status;
    execution.stopDate = atMs;
    if (end.output !== undefined) execution.output = end.output;
    if (end.error !== undefined) execution.error = end.error;
    if (end.cause !== undefined) execution.cause = end.cause;
    execution.state = state;
    if (execution.type === 'EXPRESS') this.executions.delete(execution.arn);
  }

  /** Lets an Express child of a Map Run begin anew, under the same ARN. */
  renew(execution: ExecutionRecord, atMs: number): void {
    execution.status = 'RUNNING';
    execution.stopDate = undefined;
    execution.error = undefined;
    execution.cause = undefined;
    execution.startDate = atMs;
  }

  /** Puts an ended execution back to work. */
  reopen(execution: ExecutionRecord, atMs: number): void {
    execution.status = 'RUNNING';
    execution.stopDate = undefined;
    execution.error = undefined;
    execution.cause = undefined;
    execution.redriveCount = (execution.redriveCount ?? 0) + 1;
    execution.redriveDate = atMs;
  }
}
