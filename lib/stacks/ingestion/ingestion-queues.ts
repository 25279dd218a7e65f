import { Duration } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ParkedQueue, READ_BY_PEOPLE } from '../../constructs/parked-queue';
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
    this.reviews = new ParkedQueue(this, 'ReviewQueue', READ_BY_PEOPLE);
    this.sweepDeadLetters = new ParkedQueue(
      this,
      'SweepDeadLetters',
      'It is the dead-letter queue of a schedule, which the check does not look for.',
    );
  }
}
