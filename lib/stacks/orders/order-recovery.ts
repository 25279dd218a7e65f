import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EventToQueue } from '../../constructs/event-to-queue';
import { QueueConsumer } from '../../constructs/queue-consumer';
import { QueueWithDlq } from '../../constructs/queue-with-dlq';
import type { StageSettings } from '../../stages/stage-settings';
import { orderFunction } from './order-functions';
import type { OrderTables } from './order-tables';
import type { OrderWorkflows } from './order-workflows';

/** What the recovery works with. */
export interface OrderRecoveryProps {
  readonly settings: StageSettings;
  readonly tables: OrderTables;
  readonly workflows: OrderWorkflows;
  readonly reviewQueue: IQueue;
}

/** Executions that failed, timed out or were aborted → queue → recover-orders → the undos that no Catch could start. */
export class OrderRecovery extends Construct {
  readonly queue: QueueWithDlq;

  constructor(scope: Construct, id: string, props: OrderRecoveryProps) {
    super(scope, id);
    const { settings, tables, workflows, reviewQueue } = props;
    const timeout = Duration.seconds(15);
    this.queue = new QueueWithDlq(this, 'RecoveryQueue', {
      consumerTimeout: timeout,
      maxReceiveCount: settings.orders.maxReceiveCount,
    });
    new EventToQueue(this, 'OrderDied', {
      description: 'Order executions that ended without having brought their order to an end',
      pattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [workflows.orders.arn, workflows.undo.arn],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      queue: this.queue.queue,
      deadLetterQueue: this.queue.deadLetterQueue,
    });
    const recoverOrders = orderFunction(this, 'RecoverOrders', settings, {
      handler: 'recover-orders',
      description: 'Starts the undos of orders whose execution died',
      timeout,
      environment: {
        ORDERS_TABLE: tables.orders.name,
        UNDO_ALIAS_ARN: workflows.undo.liveArn,
        REVIEW_QUEUE_URL: reviewQueue.queueUrl,
      },
    });
    recoverOrders.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.orders.arn);
    recoverOrders.allow(['sqs:SendMessage'], reviewQueue.queueArn);
    workflows.undo.grantStartExecution(recoverOrders.function);
    new QueueConsumer(this, 'Consumer', { task: recoverOrders, queue: this.queue.queue, batchSize: 10 });
  }
}
