import { Stack } from 'aws-cdk-lib';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allowMapRuns } from './map-run-grants';
import { Workflow, type WorkflowProps } from './workflow';
import { readDefinition, startingAt } from './workflow-definition';

/** What a Standard workflow is made of. */
export interface StandardWorkflowProps extends WorkflowProps {
  /**
   * The state to start at, when the machine is only a part of the definition; states that it cannot reach are left out.
   * @default - the definition's own StartAt
   */
  readonly startAt?: string;
}

/** A Standard state machine. Its log is without execution data, which holds personal data; its histories are complete. */
export class StandardWorkflow extends Workflow {
  /** The pattern of its executions' ARNs, for grants. */
  readonly executionsArn: string;

  constructor(scope: Construct, id: string, props: StandardWorkflowProps) {
    const file = readDefinition(props.definitionFile);
    const definition = startingAt(file, props.startAt ?? file.StartAt);
    super(scope, id, props, definition, { type: StateMachineType.STANDARD, logsExecutionData: false });
    this.executionsArn = Stack.of(this).formatArn({ service: 'states', resource: `execution:${props.name}:*` });
    allowMapRuns(this.stateMachine.role, props.name, definition);
  }
}
