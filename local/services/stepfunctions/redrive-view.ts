import { seconds } from './context';
import type { ExecutionRecord } from './model';

/** https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
const REDRIVABLE_MS = 14 * 24 * 3600 * 1000;
/** A redrive needs room in the history for at least its own event. */
const REDRIVABLE_EVENTS = 24_999;

/** What DescribeExecution says of redrives. */
export interface RedriveView {
  readonly redriveCount: number;
  readonly redriveDate?: number;
  /** Children of a Map Run are redriven with their parent alone. */
  readonly redriveStatus: 'REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN' | 'NOT_REDRIVABLE';
  readonly redriveStatusReason?: string;
}

/** Whether an execution can be redriven at this moment, and if not, why. */
export function redriveView(execution: ExecutionRecord, nowMs: number): RedriveView {
  const reason = obstacle(execution, nowMs);
  return {
    redriveCount: execution.redriveCount ?? 0,
    ...(execution.redriveDate === undefined ? {} : { redriveDate: seconds(execution.redriveDate) }),
    ...(reason === undefined
      ? { redriveStatus: execution.mapRunArn === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' }
      : { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason }),
  };
}

function obstacle(execution: ExecutionRecord, nowMs: number): string | undefined {
  if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED') {
    return `Execution is ${execution.status} and cannot be redriven`;
  }
  if (nowMs - execution.stopDate! > REDRIVABLE_MS) return 'Execution has exceeded the redrivable period';
  const hasRoom = execution.state && execution.events.length < REDRIVABLE_EVENTS;
  return hasRoom ? undefined : 'Execution history event limit exceeded';
}
