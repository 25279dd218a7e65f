import { Duration } from 'aws-cdk-lib';
import { type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
      // CDK's own SqsQueue lets EventBridge look at the queue as well, which it does not need.
      targets: [
        {
          bind: () => ({
            arn: props.queue.queueArn,
            deadLetterConfig: { arn: props.deadLetterQueue.queueArn },
            retryPolicy: { maximumEventAgeInSeconds: Duration.hours(24).toSeconds(), maximumRetryAttempts: 185 },
          }),
        },
      ],
    });
    for (const queue of [props.queue, props.deadLetterQueue]) this.allowDelivery(queue);
  }

  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions */
  private allowDelivery(queue: IQueue): void {
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.rule.ruleArn } },
      }),
    );
  }
}
