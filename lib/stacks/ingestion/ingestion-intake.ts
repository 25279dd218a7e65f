import { Construct } from 'constructs';
import { EventToQueue } from '../../constructs/event-to-queue';
import { QueueConsumer } from '../../constructs/queue-consumer';
import type { StageSettings } from '../../stages/stage-settings';
import { ingestionFunction, S3_BUNDLE_LIMIT_BYTES } from './ingestion-functions';
import { INTAKE_TIMEOUT, type IngestionQueues } from './ingestion-queues';
import type { IngestionStores } from './ingestion-stores';
import type { IngestionWorkflows } from './ingestion-workflows';

/** What the intake works with. */
export interface IngestionIntakeProps {
  readonly settings: StageSettings;
  readonly stores: IngestionStores;
  readonly queues: IngestionQueues;
  readonly workflows: IngestionWorkflows;
}

/** Objects that are created or deleted → queue → start-ingestion → one execution per version; and executions that died. */
export class IngestionIntake extends Construct {
  constructor(scope: Construct, id: string, { settings, stores, queues, workflows }: IngestionIntakeProps) {
    super(scope, id);
    const { queue, deadLetterQueue } = queues.intake;
    const changed = (id: string, description: string, detailType: string[], prefix: string) =>
      new EventToQueue(this, id, {
        description,
        pattern: {
          source: ['aws.s3'],
          detailType,
          detail: { bucket: { name: [stores.documents.name] }, object: { key: [{ prefix }] } },
        },
        queue,
        deadLetterQueue,
      });
    changed(
      'DocumentChanged',
      'Single documents that were uploaded, changed or deleted wait here to be started',
      ['Object Created', 'Object Deleted'],
      'documents/',
    );
    // Their uploads are started by the machine of the load.
    changed('BulkDocumentDeleted', 'Documents of a bulk load that were deleted', ['Object Deleted'], 'bulk/');
    this.parkDeadExecutions(queues, workflows);

    const startIngestion = ingestionFunction(this, 'StartIngestion', settings, {
      handler: 'start-ingestion',
      description: 'Starts an execution for each version of a document that is new, and takes deleted ones out',
      timeout: INTAKE_TIMEOUT,
      memoryMegabytes: 1024,
      bundleLimitBytes: S3_BUNDLE_LIMIT_BYTES,
      environment: {
        DOCUMENTS_BUCKET: stores.documents.name,
        INGEST_ALIAS_ARN: workflows.document.liveArn,
        DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl,
      },
    });
    stores.grantReadDocuments(startIngestion);
    stores.grantRows(startIngestion);
    stores.allowVectors(startIngestion, 'DeleteVectors');
    workflows.document.grantStartExecution(startIngestion.function);
    startIngestion.allow(['sqs:SendMessage'], deadLetterQueue.queueArn);
    new QueueConsumer(this, 'Consumer', {
      task: startIngestion,
      queue,
      batchSize: 5,
      maxConcurrency: settings.ingestion.intakeConcurrency,
    });
  }

  /** What no Catch could take. An execution that fails by DocumentNeedsReview or LoadNeedsReview has parked itself. */
  private parkDeadExecutions({ reviews, intake }: IngestionQueues, { document, load }: IngestionWorkflows): void {
    const died = (id: string, detail: Record<string, string[]>) =>
      new EventToQueue(this, id, {
        description: 'Ingestions that were stopped, or that ended where no Catch could help, wait here for a person',
        pattern: {
          source: ['aws.states'],
          detailType: ['Step Functions Execution Status Change'],
          detail: { stateMachineArn: [document.arn, load.arn], ...detail },
        },
        queue: reviews,
        deadLetterQueue: intake.deadLetterQueue,
      });
    died('IngestionStopped', { status: ['TIMED_OUT', 'ABORTED'] });
    died('IngestionBroke', {
      status: ['FAILED'],
      error: ['States.Runtime', 'States.DataLimitExceeded', 'States.QueryEvaluationError'],
    });
  }
}
