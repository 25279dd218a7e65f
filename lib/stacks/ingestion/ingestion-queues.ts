import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { QueueWithDlq } from '../../constructs/queue-with-dlq';
import type { StageSettings } from '../../stages/stage-settings';

/** The time of start-ingestion, which reads what it starts: up to 100 MB a message. The queue hides a message for six times this. */
export const INTAKE_TIMEOUT = Duration.seconds(60);

/** Where changes of documents wait, and where what went wrong lies. */
export class IngestionQueues extends Construct {
  /** Changes of documents, and documents that a bulk load hands over. */
  readonly intake: QueueWithDlq;
  /** Documents and loads that a person must look at. */
  readonly reviews: Queue;
  /** Sweeps that could not be delivered. */
  readonly sweepDeadLetters: Queue;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    this.intake = new QueueWithDlq(this, 'IngestQueue', {
      consumerTimeout: INTAKE_TIMEOUT,
      maxReceiveCount: settings.ingestion.maxReceiveCount,
    });
    this.reviews = this.parking(
      'ReviewQueue',
      'Read by people and watched by an alarm: no function consumes it, so no message can fail again and again.',
    );
    this.sweepDeadLetters = this.parking(
      'SweepDeadLetters',
      'It is the dead-letter queue of a schedule, which the check does not look for.',
    );
  }

  private parking(id: string, reason: string): Queue {
    const queue = new Queue(this, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason });
    return queue;
  }
}
