import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { Workflow, type WorkflowProps } from './workflow';
import { readDefinition } from './workflow-definition';

/** The longest that an Express execution lasts: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const EXPRESS_SECONDS = 300;

/** What an Express workflow is made of; its `timeout` is at most five minutes. */
export interface ExpressWorkflowProps extends WorkflowProps {
  /**
   * Whether the log, which is the only history of an Express execution, holds inputs and outputs too.
   * @default false, since they hold personal data: the log tells which state failed and why
   */
  readonly logsExecutionData?: boolean;
}

/**
 * An Express state machine: no callbacks, no `.sync`, no activities, no Distributed Maps (the checks at synth refuse
 * them), executions that are started at least once, that no API describes, and that emit no events when they end.
 * Throws an Error for a timeout of more than five minutes.
 */
export class ExpressWorkflow extends Workflow {
  constructor(scope: Construct, id: string, props: ExpressWorkflowProps) {
    if (props.timeout.toSeconds() > EXPRESS_SECONDS) {
      throw new Error(
        `${props.name} would time out after ${props.timeout.toSeconds()} s, and Express executions end after ` +
          `${EXPRESS_SECONDS} s: give it less time, or make it a StandardWorkflow.`,
      );
    }
    const kind = { type: StateMachineType.EXPRESS, logsExecutionData: props.logsExecutionData ?? false };
    super(scope, id, props, readDefinition(props.definitionFile), kind);
  }

  /** Lets a function or role run executions of this machine and wait for their answers. */
  grantStartSyncExecution(grantee: IGrantable): void {
    this.grantTo(grantee, 'states:StartSyncExecution');
  }

  /** Milliseconds that executions are billed for, of which each is rounded up to 100. */
  metricBilledDuration(options?: MetricOptions): Metric {
    return this.stateMachine.metric('ExpressExecutionBilledDuration', options);
  }

  /** Memory that executions are billed for, of which each is rounded up to 64 MB. */
  metricBilledMemory(options?: MetricOptions): Metric {
    return this.stateMachine.metric('ExpressExecutionBilledMemory', options);
  }
}
