import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** How long the record of operators' acts is kept. */
export interface OperatorLogProps {
  readonly retention: RetentionDays;
  /** Whether it outlives the stack. */
  readonly isRetained: boolean;
}

/**
 * Where `npm run ops` writes who did what: one JSON object per event. Whoever operates needs `logs:CreateLogStream` and
 * `logs:PutLogEvents` on it and nothing by which an event could be changed or removed.
 */
export class OperatorLog extends Construct {
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: OperatorLogProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'LogGroup', {
      retention: props.retention,
      removalPolicy: props.isRetained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const output = new CfnOutput(this, 'Name', { value: this.logGroup.logGroupName });
    output.overrideLogicalId('OperatorLogGroupName');
  }
}
