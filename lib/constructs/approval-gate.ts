import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { viaService } from './key-policy';
import type { TaskFunction } from './task-function';

/** Where approvals are asked for. */
export interface ApprovalGateProps {
  /** Of the approvals queue: output `ApprovalsQueueArn`. */
  readonly queueArn: string;
  /** Of the key that encrypts it: output `ApprovalsKeyArn`. */
  readonly keyArn: string;
  /** @default - made from the ARN */
  readonly queueUrl?: string;
}

/**
 * The door to approvals for workflows that ask: a queue, and the right to put messages into it. What a message holds is
 * said in lambdas/approvals/contracts. Nothing else of approvals can be reached through the gate.
 */
export class ApprovalGate extends Construct {
  readonly queueUrl: string;
  private readonly queueArn: string;
  private readonly keyArn: string;

  /** The gate of an approvals stack that was deployed elsewhere in this account and region. */
  static fromAttributes(scope: Construct, id: string, attributes: { queueArn: string; keyArn: string }): ApprovalGate {
    return new ApprovalGate(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: ApprovalGateProps) {
    super(scope, id);
    this.queueArn = props.queueArn;
    this.keyArn = props.keyArn;
    this.queueUrl = props.queueUrl ?? Queue.fromQueueArn(this, 'Queue', props.queueArn).queueUrl;
  }

  /** Lets a state machine ask. */
  grantAsk(machine: IGrantable): void {
    this.grantSend(machine);
  }

  /** Lets a function report that it refused to act on a decision, and tells it where: APPROVALS_QUEUE_URL. */
  grantReport(task: TaskFunction): void {
    this.grantSend(task.function);
    task.function.addEnvironment('APPROVALS_QUEUE_URL', this.queueUrl);
  }

  /** SQS encrypts for the sender: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
  private grantSend({ grantPrincipal }: IGrantable): void {
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queueArn] }),
    );
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [this.keyArn],
        conditions: viaService(Stack.of(this), 'sqs'),
      }),
    );
  }
}
