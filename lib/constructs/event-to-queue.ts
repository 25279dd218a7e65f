import { Duration } from 'aws-cdk-lib';
import { type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Which events go where. */
export interface EventToQueueProps {
  /** @default - the account's default bus */
  readonly bus?: IEventBus;
  readonly pattern: EventPattern;
  readonly queue: IQueue;
  /** Takes the events that could not be delivered, with EventBridge's reason as message attributes. */
  readonly deadLetterQueue: IQueue;
  readonly description: string;
}

/** A rule that copies events to a queue, tries for a day, and loses none: what cannot be delivered goes to the dead-letter queue. */
export class EventToQueue extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, props: EventToQueueProps) {
    super(scope, id);
    this.rule = new Rule(this, 'Rule', {
      description: props.description,
      eventBus: props.bus,
      eventPattern: props.pattern,
      targets: [
        new SqsQueue(props.queue, {
          deadLetterQueue: props.deadLetterQueue,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }
}
