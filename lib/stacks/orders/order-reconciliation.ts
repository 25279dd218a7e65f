import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ParkedQueue } from '../../constructs/parked-queue';
import { ScheduledInvocation } from '../../constructs/scheduled-invocation';
import { StandardWorkflow } from '../../constructs/standard-workflow';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { PROJECT_ROOT } from '../workflow-function';
import { orderFunction, STRIPE_BUNDLE_LIMIT_BYTES } from './order-functions';
import { type OrderTables, WAITING_INDEX } from './order-tables';
import type { OrderWorkflows } from './order-workflows';

/** What the reconciliation works with. */
export interface OrderReconciliationProps {
  readonly settings: StageSettings;
  readonly tables: OrderTables;
  readonly workflows: OrderWorkflows;
  readonly bus: EventBus;
  readonly reviewQueue: IQueue;
  /** The name of the stack, under which the machine goes. */
  readonly stackName: string;
}

/** Longer than a run of thousands of orders takes; what is left is for the next run. */
const FUNCTION_TIMEOUT = Duration.minutes(5);

/** A schedule → the machine that holds orders, executions and charges against each other. */
export class OrderReconciliation extends Construct {
  readonly workflow: StandardWorkflow;
  /** Runs that could not be started. */
  readonly deadLetterQueue: Queue;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OrderReconciliationProps,
  ) {
    super(scope, id);
    const { settings, reviewQueue, stackName } = props;
    this.workflow = new StandardWorkflow(this, 'Workflow', {
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/orders-reconciliation/reconcile.asl.json'),
      tasks: { ReconcileOrders: this.reconcileOrders(), ReconcilePayments: this.reconcilePayments() },
      substitutions: { ReviewQueue: reviewQueue.queueUrl },
      allow: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [reviewQueue.queueArn] })],
      timeout: Duration.minutes(30),
      logRetention: settings.logRetentionDays as RetentionDays,
      name: `${stackName}-reconciliation`,
    });
    this.deadLetterQueue = new ParkedQueue(
      this,
      'DeadLetterQueue',
      'It is the dead-letter queue of a schedule, which the check does not look for.',
    );
    new ScheduledInvocation(this, 'Schedule', {
      target: this.workflow,
      deadLetterQueue: this.deadLetterQueue,
      everyMinutes: settings.orders.reconciliation.everyMinutes,
    });
  }

  private reconcileOrders(): TaskFunction {
    const { settings, tables, workflows, bus } = this.props;
    const task = this.reconcileFunction('ReconcileOrders', {
      handler: 'reconcile-orders',
      description: 'Undoes orders whose execution died unnoticed, and starts accepted ones again',
      environment: {
        WAITING_INDEX,
        ORDERS_MACHINE_ARN: workflows.orders.arn,
        UNDO_MACHINE_ARN: workflows.undo.arn,
        UNDO_ALIAS_ARN: workflows.undo.liveArn,
        ORDER_BUS_NAME: bus.eventBusName,
        MACHINE_TIMEOUT_SECONDS: String(settings.orders.machineTimeoutSeconds),
      },
    });
    task.allow(['dynamodb:Scan'], tables.orders.indexArn(WAITING_INDEX));
    task.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.orders.arn);
    task.allow(['events:PutEvents'], bus.eventBusArn);
    workflows.undo.grantStartExecution(task.function);
    for (const { arn, executionsArn } of [workflows.orders, workflows.undo]) {
      task.allow(['states:ListExecutions'], arn);
      task.allow(['states:DescribeExecution'], executionsArn);
      task.acknowledgeWildcard(executionsArn, 'The executions of one machine, which are named after orders.');
    }
    return task;
  }

  private reconcilePayments(): TaskFunction {
    const { settings, tables } = this.props;
    const { payments } = settings;
    const description = 'Refunds charges that stand for no order, and reports money that does not agree with its order';
    const task =
      payments.provider === 'stripe'
        ? this.reconcileFunction('ReconcilePayments', {
            handler: 'reconcile-payments-stripe',
            description,
            environment: { STRIPE_SECRET_ARN: payments.secretArn },
            bundleLimitBytes: STRIPE_BUNDLE_LIMIT_BYTES,
          })
        : this.reconcileFunction('ReconcilePayments', {
            handler: 'reconcile-payments',
            description,
            environment: {},
          });
    task.allow(['dynamodb:GetItem'], tables.orders.arn);
    if (payments.provider === 'stripe') task.allow(['secretsmanager:GetSecretValue'], payments.secretArn);
    if (tables.payments) {
      task.allow(['dynamodb:Scan', 'dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.payments.arn);
      task.function.addEnvironment('PAYMENTS_TABLE', tables.payments.name);
    }
    return task;
  }

  /** A function that reads orders, remembers what it has found, and tells people. */
  private reconcileFunction(
    id: string,
    about: {
      readonly handler: string;
      readonly description: string;
      readonly environment: Readonly<Record<string, string>>;
      readonly bundleLimitBytes?: number;
    },
  ): TaskFunction {
    const { settings, tables, reviewQueue } = this.props;
    const task = orderFunction(this, id, settings, {
      ...about,
      timeout: FUNCTION_TIMEOUT,
      environment: {
        ORDERS_TABLE: tables.orders.name,
        IDEMPOTENCY_TABLE: tables.idempotency.name,
        REVIEW_QUEUE_URL: reviewQueue.queueUrl,
        AFTER_SECONDS: String(settings.orders.reconciliation.afterSeconds),
        ...about.environment,
      },
    });
    task.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], tables.idempotency.arn);
    task.allow(['sqs:SendMessage'], reviewQueue.queueArn);
    return task;
  }
}
