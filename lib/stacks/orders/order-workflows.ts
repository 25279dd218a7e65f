import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ApprovalGate } from '../../constructs/approval-gate';
import { StandardWorkflow } from '../../constructs/standard-workflow';
import type { TaskFunction } from '../../constructs/task-function';
import { WorkflowKey } from '../../constructs/workflow-key';
import type { StageSettings } from '../../stages/stage-settings';
import { approvalTerms } from '../approvals/approval-terms';
import { PROJECT_ROOT } from '../workflow-function';
import type { OrderTables } from './order-tables';

/** What the machines of the orders workflow work with. */
export interface OrderWorkflowsProps {
  readonly settings: StageSettings;
  readonly tables: OrderTables;
  readonly tasks: Readonly<Record<string, TaskFunction>>;
  readonly reviewQueue: IQueue;
  readonly gate: ApprovalGate;
  /** The name of the stack, under which the machines go. */
  readonly stackName: string;
}

/** Two machines from one file: the saga, and its undos for an execution that died where no Catch could help. */
export class OrderWorkflows extends Construct {
  readonly orders: StandardWorkflow;
  readonly undo: StandardWorkflow;

  constructor(scope: Construct, id: string, props: OrderWorkflowsProps) {
    super(scope, id);
    const { settings, tables, tasks, reviewQueue, gate, stackName } = props;
    const encryptionKey = new WorkflowKey(this, 'WorkflowKey', {
      description: 'Histories of the order machines, in which task tokens and customers stand',
      historyReaders: settings.approvals.historyReaders,
      isRetained: settings.data.onDelete === 'retain',
    });
    const shared = {
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/orders/saga.asl.json'),
      tasks,
      substitutions: {
        OrdersTable: tables.orders.name,
        StockTable: tables.stock.name,
        ReviewQueue: reviewQueue.queueUrl,
        ApprovalsQueue: gate.queueUrl,
        ...approvalTerms(settings),
      },
      encryptionKey,
      timeout: Duration.seconds(settings.orders.machineTimeoutSeconds),
      logRetention: settings.logRetentionDays as RetentionDays,
    };
    const grant = (actions: string[], arn: string) => new PolicyStatement({ actions, resources: [arn] });
    this.orders = new StandardWorkflow(this, 'Orders', {
      ...shared,
      name: `${stackName}-saga`,
      deployment: settings.deployments,
      releaseFailures: (release) => unexpectedUndos(release),
      allow: [
        grant(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.orders.arn),
        grant(['dynamodb:UpdateItem'], tables.stock.arn),
        grant(['sqs:SendMessage'], reviewQueue.queueArn),
      ],
    });
    gate.grantAsk(this.orders.stateMachine);
    this.undo = new StandardWorkflow(this, 'Undo', {
      ...shared,
      startAt: 'CancelOrder',
      name: `${stackName}-undo`,
      allow: [grant(['dynamodb:UpdateItem'], tables.orders.arn), grant(['sqs:SendMessage'], reviewQueue.queueArn)],
    });
    // It starts too seldom to prove anything by itself, so it follows once the saga of the same file has proved itself.
    this.undo.live.node.addDependency(this.orders.live);
  }
}

/** An order that is undone ends its execution well: what a bad release does to orders is counted by release-stock. */
function unexpectedUndos(release: string): Metric {
  return new Metric({
    namespace: 'Stepwright',
    metricName: 'UnexpectedUndo',
    dimensionsMap: { service: 'orders', release },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
}
