import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ParkedQueue } from '../../constructs/parked-queue';
import type { StageSettings } from '../../stages/stage-settings';

/** How long EventBridge tries to start the run of an event. */
export const START_WITHIN = Duration.minutes(2);

/** The longest that Express runs. */
export const RUN_WITHIN = Duration.minutes(5);

/** The timeout of the functions that consume the queues. */
export const CONSUMER_TIMEOUT = Duration.seconds(15);

/** Half a minute for clocks that differ, and for what a run wrote last. */
const CHECK_DELAY = Duration.seconds(START_WITHIN.toSeconds() + RUN_WITHIN.toSeconds() + 30);

/** Where deliveries are parked and replayed from, and where events wait to be checked. */
export class FanOutQueues extends Construct {
  /**
   * Deliveries that failed for good. It is the dead-letter queue of the replay queue, since SQS moves messages only out of
   * dead-letter queues: `aws sqs start-message-move-task --source-arn PARKED --destination-arn REPLAY`.
   */
  readonly parked: Queue;
  /** Parked deliveries that are to run again. */
  readonly replays: Queue;
  /** Events whose run must have ended when they come out of it. */
  readonly checks: Queue;
  /** Checks that could not be made, and events that could not be put into the check queue. */
  readonly checkDeadLetters: Queue;

  constructor(scope: Construct, id: string, { fanOut }: StageSettings) {
    super(scope, id);
    const { maxReceiveCount } = fanOut;
    const visibilityTimeout = Duration.seconds(6 * CONSUMER_TIMEOUT.toSeconds());
    const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.parked = new ParkedQueue(this, 'Parked');
    this.replays = new Queue(this, 'Replays', {
      ...shared,
      visibilityTimeout,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.parked, maxReceiveCount },
    });
    this.checkDeadLetters = new ParkedQueue(this, 'CheckDeadLetters');
    this.checks = new Queue(this, 'Checks', {
      ...shared,
      visibilityTimeout,
      retentionPeriod: Duration.days(4),
      deliveryDelay: CHECK_DELAY,
      deadLetterQueue: { queue: this.checkDeadLetters, maxReceiveCount },
    });
  }
}
