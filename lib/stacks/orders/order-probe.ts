import { Duration, Validations } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EventToQueue } from '../../constructs/event-to-queue';

/** A queue that holds a copy of each order event for an hour, so that a demo or a smoke run can see it arrive. */
export class OrderProbe extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, bus: EventBus, deadLetterQueue: IQueue) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.hours(1),
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'Copies for a client that looks: nothing consumes them, and they expire after an hour.',
    });
    new EventToQueue(this, 'OrderEnded', {
      description: 'Order events, for a client that looks',
      bus,
      pattern: { source: ['stepwright.orders'] },
      queue: this.queue,
      deadLetterQueue,
    });
  }
}
