import { Duration } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { EventToQueue } from '../../constructs/event-to-queue';
import { QueueConsumer } from '../../constructs/queue-consumer';
import { QueueWithDlq } from '../../constructs/queue-with-dlq';
import type { StandardWorkflow } from '../../constructs/standard-workflow';
import type { StageSettings } from '../../stages/stage-settings';
import { orderFunction } from './order-functions';
import type { OrderTables } from './order-tables';

/** What the intake works with. */
export interface OrderIntakeProps {
  readonly settings: StageSettings;
  readonly tables: OrderTables;
  readonly bus: EventBus;
  readonly workflow: StandardWorkflow;
}

/** `OrderPlaced` on the bus → queue → start-orders → one execution per order. */
export class OrderIntake extends Construct {
  readonly queue: QueueWithDlq;

  constructor(scope: Construct, id: string, props: OrderIntakeProps) {
    super(scope, id);
    const { settings, tables, bus, workflow } = props;
    // Also how soon orders come back after a crash: the queue hides a message for six times this.
    const timeout = Duration.seconds(10);
    this.queue = new QueueWithDlq(this, 'OrderQueue', {
      consumerTimeout: timeout,
      maxReceiveCount: settings.orders.maxReceiveCount,
    });
    const { queue, deadLetterQueue } = this.queue;
    new EventToQueue(this, 'OrderPlaced', {
      description: 'Orders that were placed, by our API or by any other producer, wait here to be started',
      bus,
      pattern: { detailType: ['OrderPlaced'] },
      queue,
      deadLetterQueue,
    });
    const startOrders = orderFunction(this, 'StartOrders', settings, {
      handler: 'start-orders',
      description: 'Checks and prices placed orders and starts one execution for each',
      timeout,
      environment: {
        STOCK_TABLE: tables.stock.name,
        ORDERS_ALIAS_ARN: workflow.liveArn,
        DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl,
      },
    });
    startOrders.allow(['dynamodb:BatchGetItem'], tables.stock.arn);
    workflow.grantStartExecution(startOrders.function);
    startOrders.allow(['sqs:SendMessage'], deadLetterQueue.queueArn);
    new QueueConsumer(this, 'Consumer', {
      task: startOrders,
      queue,
      batchSize: 10,
      maxConcurrency: settings.orders.intakeConcurrency,
    });
  }
}
