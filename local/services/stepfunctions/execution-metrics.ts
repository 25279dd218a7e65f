import type { Host } from '../../wire/host';
import type { ExecutionObserver } from './execution-observer';
import type { ExecutionRecord } from './model';

const ENDS: Readonly<Record<string, string>> = {
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/**
 * The metrics of executions in `AWS/States`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export class ExecutionMetrics implements ExecutionObserver {
  constructor(private readonly host: Host) {}

  started(execution: ExecutionRecord): void {
    this.host.metric('AWS/States', 'ExecutionsStarted', { StateMachineArn: execution.machineArn }, 1, 'Count');
  }

  ended(execution: ExecutionRecord): void {
    const dimensions = { StateMachineArn: execution.machineArn };
    this.host.metric('AWS/States', ENDS[execution.status]!, dimensions, 1, 'Count');
    const durationMs = execution.stopDate! - execution.startDate;
    this.host.metric('AWS/States', 'ExecutionTime', dimensions, durationMs, 'Milliseconds');
  }
}
