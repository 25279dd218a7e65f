/**
 * Owns the "Step Functions Execution Status Change" events on the default bus. Best effort, as on AWS: what EventBridge
 * refuses is warned of, and the execution goes on. Express executions emit none.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
import type { Host } from '../../wire/host';
import { isCustomerManaged } from './encryption-configuration';
import type { ExecutionObserver } from './execution-observer';
import type { ExecutionRecord, Revision } from './model';

/** Data beyond this many bytes is left out of the event, and the Details say so. */
const DATA_LIMIT_BYTES = 248 * 1024;

/** Publishes RUNNING and the end of each Standard execution. */
export class StatusEvents implements ExecutionObserver {
  /** True once it is known that no EventBridge is there (the engine alone). */
  private isUnheard = false;

  constructor(private readonly host: Host) {}

  started(execution: ExecutionRecord, revision: Revision): void {
    this.publish(execution, revision);
  }

  ended(execution: ExecutionRecord, revision: Revision): void {
    this.publish(execution, revision);
  }

  private publish(execution: ExecutionRecord, revision: Revision): void {
    if (execution.type !== 'STANDARD' || this.isUnheard) return;
    const { host } = this;
    const caller = {
      kind: 'service',
      principal: 'states.amazonaws.com',
      sourceArn: execution.arn,
      accountId: host.accountId,
    } as const;
    const entry = {
      Time: host.kernel.clock.now() / 1000,
      Source: 'aws.states',
      DetailType: 'Step Functions Execution Status Change',
      Resources: [execution.arn],
      Detail: JSON.stringify(
        isCustomerManaged(revision.encryption) ? encryptedDetailOf(execution) : detailOf(execution),
      ),
    };
    host.call(caller, 'events', 'PutEvents', { Entries: [entry] }).catch((error) => {
      this.isUnheard = error.code === 'UnknownOperationException';
      if (this.isUnheard) return;
      host.warn(`the status event of ${execution.arn} was not taken by EventBridge: ${error.message}`);
    });
  }
}

/** Input, output, error and cause of a machine with a customer managed key are left out. */
function encryptedDetailOf(execution: ExecutionRecord): object {
  const hidden = { included: false };
  return {
    ...detailOf(execution),
    input: null,
    inputDetails: hidden,
    output: null,
    outputDetails: execution.output === undefined ? null : hidden,
    error: null,
    cause: null,
  };
}

function detailOf(execution: ExecutionRecord): object {
  const isInputIncluded = Buffer.byteLength(execution.input) <= DATA_LIMIT_BYTES;
  const { output } = execution;
  const isOutputIncluded =
    output !== undefined && Buffer.byteLength(output) + Buffer.byteLength(execution.input) <= DATA_LIMIT_BYTES;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    stateMachineVersionArn: execution.versionArn ?? null,
    stateMachineAliasArn: execution.aliasArn ?? null,
    name: execution.name,
    status: execution.status,
    startDate: execution.startDate,
    stopDate: execution.stopDate ?? null,
    input: isInputIncluded ? execution.input : null,
    inputDetails: { included: isInputIncluded },
    output: isOutputIncluded ? output : null,
    outputDetails: output === undefined ? null : { included: isOutputIncluded },
    error: execution.error ?? null,
    cause: execution.cause ?? null,
    redriveCount: execution.redriveCount ?? 0,
    redriveDate: execution.redriveDate ?? null,
    redriveStatus: execution.status === 'RUNNING' || execution.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    redriveStatusReason:
      execution.status === 'RUNNING' || execution.status === 'SUCCEEDED'
        ? `Execution is ${execution.status} and cannot be redriven`
        : null,
  };
}
