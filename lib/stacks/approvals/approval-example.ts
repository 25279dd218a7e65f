import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ApprovalGate } from '../../constructs/approval-gate';
import { DataTable } from '../../constructs/data-table';
import { ParkedQueue, READ_BY_PEOPLE } from '../../constructs/parked-queue';
import { StandardWorkflow } from '../../constructs/standard-workflow';
import { WorkflowKey } from '../../constructs/workflow-key';
import { CALLBACK_GRACE_SECONDS, type StageSettings } from '../../stages/stage-settings';
import { PROJECT_ROOT } from '../workflow-function';
import { approvalTerms } from './approval-terms';

/** What the example works with. */
export interface ApprovalExampleProps {
  readonly settings: StageSettings;
  readonly gate: ApprovalGate;
  /** The name of the stack, under which the machine goes. */
  readonly stackName: string;
}

/** The simplest machine that asks: an expense is approved and recorded. It uses the gate as any other stack would. */
export class ApprovalExample extends Construct {
  readonly workflow: StandardWorkflow;
  readonly expenses: DataTable;
  readonly reviewQueue: Queue;

  constructor(scope: Construct, id: string, { settings, gate, stackName }: ApprovalExampleProps) {
    super(scope, id);
    this.expenses = new DataTable(this, 'Expenses', {
      partitionKey: { name: 'expenseId', type: AttributeType.STRING },
      protection: settings.data,
    });
    this.reviewQueue = new ParkedQueue(this, 'ReviewQueue', READ_BY_PEOPLE);
    const encryptionKey = new WorkflowKey(this, 'WorkflowKey', {
      description: 'Histories of the expense machine, in which task tokens stand',
      historyReaders: settings.approvals.historyReaders,
      isRetained: settings.data.onDelete === 'retain',
    });
    this.workflow = new StandardWorkflow(this, 'Expense', {
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/approvals/expense.asl.json'),
      tasks: {},
      substitutions: {
        ApprovalsQueue: gate.queueUrl,
        ExpensesTable: this.expenses.name,
        ReviewQueue: this.reviewQueue.queueUrl,
        ...approvalTerms(settings),
      },
      allow: [
        new PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [this.expenses.arn] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.reviewQueue.queueArn] }),
      ],
      timeout: Duration.seconds(settings.approvals.expiresInSeconds + 2 * CALLBACK_GRACE_SECONDS),
      logRetention: settings.logRetentionDays as RetentionDays,
      name: `${stackName}-expense`,
      encryptionKey,
    });
    gate.grantAsk(this.workflow.stateMachine);
  }
}
