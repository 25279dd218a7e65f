import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DataTable } from '../constructs/data-table';
import { OperatorLog } from '../constructs/operator-log';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import type { AlarmSet } from '../monitoring/alarm-set';
import type { AlarmTopics } from '../monitoring/alarm-topics';
import { tokenMeter } from '../monitoring/cost-meters';
import { IngestionAlarms } from '../monitoring/ingestion-alarms';
import type { StageSettings } from '../stages/stage-settings';
import type { CostWatch } from './cost-watch';
import { IngestionApi } from './ingestion/ingestion-api';
import { IngestionIntake } from './ingestion/ingestion-intake';
import { IngestionQueues } from './ingestion/ingestion-queues';
import { IngestionStores } from './ingestion/ingestion-stores';
import { IngestionUpkeep } from './ingestion/ingestion-upkeep';
import { IngestionWorkflows } from './ingestion/ingestion-workflows';

/** What the stack is made for. */
export interface IngestionStackProps extends StackProps {
  readonly settings: StageSettings;
  /** Where the alarms ring. */
  readonly topics: AlarmTopics;
  /** Estimates what the stack costs. */
  readonly costs: CostWatch;
}

/** Documents become searchable vectors: bucket, intake, the two machines, search, the sweeper, and the alarms. */
export class IngestionStack extends Stack {
  /** One row per document. */
  readonly documents: DataTable;
  /** The machine for single documents. */
  readonly document: StandardWorkflow;
  readonly alarms: AlarmSet;
  /** All machines of the stack. */
  readonly workflows: readonly StandardWorkflow[];

  constructor(scope: Construct, id: string, props: IngestionStackProps) {
    super(scope, id, props);
    const { settings, topics, costs } = props;
    const stores = new IngestionStores(this, 'Stores', settings);
    const queues = new IngestionQueues(this, 'Queues', settings);
    const workflows = new IngestionWorkflows(this, 'Workflows', {
      settings,
      stores,
      queues,
      stackName: this.stackName,
    });
    new IngestionIntake(this, 'Intake', { settings, stores, queues, workflows });
    const api = new IngestionApi(this, 'Api', { settings, stores });
    const upkeep = new IngestionUpkeep(this, 'Upkeep', { settings, stores, queues });
    this.documents = stores.rows;
    this.document = workflows.document;
    this.workflows = [workflows.document, workflows.load];
    this.alarms = new IngestionAlarms(this, 'Alarms', {
      settings,
      topics,
      workflows: { Document: workflows.document, Load: workflows.load },
      parked: {
        IngestDeadLetters: queues.intake.deadLetterQueue,
        IngestReviews: queues.reviews,
        SweepDeadLetters: queues.sweepDeadLetters,
      },
      ingestQueue: queues.intake.queue,
      sweep: upkeep.sweep,
    });
    new OperatorLog(this, 'OperatorLog', {
      retention: settings.logRetentionDays as RetentionDays,
      isRetained: settings.data.onDelete === 'retain',
    });

    costs.watch(this, 'ingestion', (prices) => [tokenMeter('ingestion', settings.ingestion.embedding.modelId, prices)]);

    this.output('Stage', settings.name);
    this.output('Region', this.region);
    this.output('DocumentsBucketName', stores.documents.name);
    this.output('WorkBucketName', stores.work.name);
    this.output('IngestMachineArn', workflows.document.arn);
    this.output('LoadMachineArn', workflows.load.arn);
    this.output('LoadAliasArn', workflows.load.liveArn);
    this.output('DocumentsTableName', stores.rows.name);
    this.output('EmbeddingsTableName', stores.embeddings.name);
    this.output('SearchApiUrl', api.endpoint);
    this.output('IngestQueueUrl', queues.intake.queue.queueUrl);
    this.output('IngestDeadLetterQueueUrl', queues.intake.deadLetterQueue.queueUrl);
    this.output('IngestReviewQueueUrl', queues.reviews.queueUrl);
    this.output('IngestSweepDeadLetterQueueUrl', queues.sweepDeadLetters.queueUrl);
    this.output('VectorBucketName', stores.vectors.bucketName);
    this.output('VectorIndexName', stores.vectors.indexName);
  }

  private output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}
