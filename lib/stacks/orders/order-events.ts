import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ParkedQueue } from '../../constructs/parked-queue';
import { StreamPublisher } from '../../constructs/stream-publisher';
import type { StageSettings } from '../../stages/stage-settings';
import { orderFunction } from './order-functions';
import type { OrderTables } from './order-tables';

/** The ends of an order, which are also the detail types of the events that tell of them. */
export const ORDER_ENDS = ['OrderConfirmed', 'OrderRejected', 'OrderCompensated', 'OrderNeedsReview'];

/** What the events work with. */
export interface OrderEventsProps {
  readonly settings: StageSettings;
  readonly tables: OrderTables;
  readonly bus: EventBus;
}

/** The end of each order, from the stream of the orders table to the bus, at least once and with a stable id. */
export class OrderEvents extends Construct {
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: OrderEventsProps) {
    super(scope, id);
    const { settings, tables, bus } = props;
    this.deadLetterQueue = new ParkedQueue(
      this,
      'DeadLetterQueue',
      'It is the dead-letter queue of the stream mapping and of a rule target, which the check does not look for.',
    );
    const publish = orderFunction(this, 'PublishOrderEvents', settings, {
      handler: 'publish-order-events',
      description: 'Publishes the end of each order on the bus',
      environment: { ORDER_BUS_NAME: bus.eventBusName },
    });
    publish.allow(['events:PutEvents'], bus.eventBusArn);
    new StreamPublisher(this, 'Stream', {
      task: publish,
      table: tables.orders.table,
      when: { attribute: 'status', values: ORDER_ENDS },
      batchSize: 10,
      retryAttempts: settings.orders.publishAttempts,
      deadLetterQueue: this.deadLetterQueue,
    });
  }
}
