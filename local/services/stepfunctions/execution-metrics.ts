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
 * The metrics of executions in `AWS/States`: by machine, and once more by version and by alias where they were started so.
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export class ExecutionMetrics implements ExecutionObserver {
  constructor(private readonly host: Host) {}

  started(execution: ExecutionRecord): void {
    this.publish(execution, 'ExecutionsStarted', 1, 'Count');
  }

  ended(execution: ExecutionRecord): void {
    this.publish(execution, ENDS[execution.status]!, 1, 'Count');
    this.publish(execution, 'ExecutionTime', execution.stopDate! - execution.startDate, 'Milliseconds');
  }

  private publish(
    { machineArn: StateMachineArn, versionArn, aliasArn }: ExecutionRecord,
    name: string,
    value: number,
    unit: string,
  ): void {
    this.host.metric('AWS/States', name, { StateMachineArn }, value, unit);
    if (versionArn) {
      this.host.metric('AWS/States', name, { StateMachineArn, Version: qualifierOf(versionArn) }, value, unit);
    }
    if (aliasArn) this.host.metric('AWS/States', name, { StateMachineArn, Alias: qualifierOf(aliasArn) }, value, unit);
  }
}

/** A version's number, or an alias's name. */
function qualifierOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
