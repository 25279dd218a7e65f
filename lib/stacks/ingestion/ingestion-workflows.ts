import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { StandardWorkflow } from '../../constructs/standard-workflow';
import type { TaskFunction } from '../../constructs/task-function';
import { acknowledgeWildcard } from '../../constructs/wildcard-acknowledgement';
import type { StageSettings } from '../../stages/stage-settings';
import { PROJECT_ROOT } from '../workflow-function';
import { ingestionFunction, S3_BUNDLE_LIMIT_BYTES } from './ingestion-functions';
import type { IngestionQueues } from './ingestion-queues';
import { BATCH_SECONDS, IngestionStages, SINGLE_SECONDS } from './ingestion-stages';
import type { IngestionStores } from './ingestion-stores';

/** Where a load's manifest, its list and its batches' results lie. */
const LOADS_PREFIX = 'work/loads/';

/** What the machines work with. */
export interface IngestionWorkflowsProps {
  readonly settings: StageSettings;
  readonly stores: IngestionStores;
  readonly queues: IngestionQueues;
  /** The name of the stack, under which the machines go. */
  readonly stackName: string;
}

/** The machine for single documents, and the one for bulk loads, with the functions that they invoke. */
export class IngestionWorkflows extends Construct {
  readonly document: StandardWorkflow;
  readonly load: StandardWorkflow;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: IngestionWorkflowsProps,
  ) {
    super(scope, id);
    const { settings, stores, queues, stackName } = props;
    const { batchSize, loadConcurrency, machineTimeoutSeconds, mostLoadDocuments } = settings.ingestion;
    const shared = {
      timeout: Duration.seconds(machineTimeoutSeconds),
      logRetention: settings.logRetentionDays as RetentionDays,
    };
    const grant = (actions: string[], resource: string) => new PolicyStatement({ actions, resources: [resource] });
    const park = grant(['sqs:SendMessage'], queues.reviews.queueArn);

    const single = new IngestionStages(this, 'Stages', {
      settings,
      stores,
      seconds: SINGLE_SECONDS,
      writesResults: false,
    });
    this.document = new StandardWorkflow(this, 'Document', {
      ...shared,
      name: `${stackName}-document`,
      deployment: settings.deployments,
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/ingestion/ingest-document.asl.json'),
      tasks: { ...single.tasks, QuarantineDocument: this.quarantine(), RollBackVersion: this.rollBack() },
      substitutions: { ReviewQueue: queues.reviews.queueUrl },
      allow: [park],
    });

    const batch = new IngestionStages(this, 'BatchStages', {
      settings,
      stores,
      seconds: BATCH_SECONDS,
      writesResults: true,
    });
    this.load = new StandardWorkflow(this, 'Load', {
      ...shared,
      name: `${stackName}-load`,
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/ingestion/load-documents.asl.json'),
      tasks: { ...batch.tasks, PlanLoad: this.planLoad(), SummarizeLoad: this.summarizeLoad() },
      substitutions: {
        ReviewQueue: queues.reviews.queueUrl,
        WorkBucket: stores.work.name,
        LoadBatchSize: String(batchSize),
        LoadConcurrency: String(loadConcurrency),
        LoadMostDocuments: String(mostLoadDocuments),
      },
      allow: [park],
    });
    this.allowLists();
  }

  /** The Map reads its list and writes its results. https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
  private allowLists(): void {
    const { stateMachine } = this.load;
    const objects = this.props.stores.work.objects(LOADS_PREFIX);
    const actions = ['s3:GetObject', 's3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'];
    stateMachine.addToRolePolicy(new PolicyStatement({ actions, resources: [objects] }));
    acknowledgeWildcard(stateMachine.role, objects, 'Lists and results of loads, which are named after the load.');
  }

  private quarantine(): TaskFunction {
    const task = ingestionFunction(this, 'QuarantineDocument', this.props.settings, {
      handler: 'quarantine-document',
      description: 'Notes why a document cannot be ingested',
      timeout: Duration.seconds(30),
      environment: {},
    });
    this.props.stores.grantRows(task);
    return task;
  }

  private rollBack(): TaskFunction {
    const { settings, stores } = this.props;
    const task = ingestionFunction(this, 'RollBackVersion', settings, {
      handler: 'roll-back-version',
      description: 'Deletes the vectors of a version that is given up',
      timeout: Duration.seconds(60),
      environment: {},
    });
    stores.grantRows(task);
    stores.allowVectors(task, 'DeleteVectors');
    return task;
  }

  private planLoad(): TaskFunction {
    const { stores } = this.props;
    const task = this.loadFunction('PlanLoad', 'plan-load', 'Finds what a bulk load has to do');
    stores.allowRows(task, 'BatchGetItem', 'GetItem', 'PutItem');
    stores.allowWork(task, 'GetObject', 'PutObject', 'AbortMultipartUpload');
    stores.allowListWork(task);
    task.function.addEnvironment('DOCUMENTS_BUCKET', stores.documents.name);
    task.function.addEnvironment('MOST_LOAD_DOCUMENTS', String(this.props.settings.ingestion.mostLoadDocuments));
    return task;
  }

  private summarizeLoad(): TaskFunction {
    const task = this.loadFunction('SummarizeLoad', 'summarize-load', 'Counts how the documents of a load fared');
    this.props.stores.allowWork(task, 'GetObject');
    this.props.stores.allowListWork(task);
    return task;
  }

  /** A function of the load as a whole, which hands documents to the machine for single ones. */
  private loadFunction(id: string, handler: string, description: string): TaskFunction {
    const { queue } = this.props.queues.intake;
    const task = ingestionFunction(this, id, this.props.settings, {
      handler,
      description,
      timeout: Duration.seconds(600),
      memoryMegabytes: 1024,
      bundleLimitBytes: S3_BUNDLE_LIMIT_BYTES,
      environment: { INGEST_QUEUE_URL: queue.queueUrl },
    });
    task.allow(['sqs:SendMessage'], queue.queueArn);
    return task;
  }
}
