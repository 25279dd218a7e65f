import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { allowEmbedding } from './embedding-model';
import { ingestionFunction, S3_BUNDLE_LIMIT_BYTES } from './ingestion-functions';
import type { IngestionStores } from './ingestion-stores';

/** The parsers of PDF and DOCX; only parse-documents has them. */
const PARSERS_LIMIT_BYTES = 3_000_000;

/** Seconds that each stage's function has. */
export interface StageSeconds {
  readonly fetch: number;
  readonly parse: number;
  readonly chunk: number;
  readonly embed: number;
  readonly upsert: number;
  readonly validate: number;
}

/** One document of up to 100 MB. Embed goes round until it is through. */
export const SINGLE_SECONDS: StageSeconds = {
  fetch: 120,
  parse: 300,
  chunk: 300,
  embed: 600,
  upsert: 300,
  validate: 300,
};

/** A batch of small documents, in an Express execution that ends after 300 seconds. */
export const BATCH_SECONDS: StageSeconds = { fetch: 20, parse: 55, chunk: 25, embed: 80, upsert: 40, validate: 45 };

/** What the stages work with. */
export interface IngestionStagesProps {
  readonly settings: StageSettings;
  readonly stores: IngestionStores;
  readonly seconds: StageSeconds;
  /** Whether the last stage writes what became of each document: a load counts by it. */
  readonly writesResults: boolean;
}

/** The six stages' functions; each has the name of its state. Each machine has its own, since they differ in their time. */
export class IngestionStages extends Construct {
  readonly tasks: Readonly<Record<string, TaskFunction>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: IngestionStagesProps,
  ) {
    super(scope, id);
    this.tasks = {
      FetchDocuments: this.fetch(),
      ParseDocuments: this.parse(),
      ChunkDocuments: this.chunk(),
      EmbedDocuments: this.embed(),
      UpsertDocuments: this.upsert(),
      ValidateDocuments: this.validate(),
    };
  }

  private fetch(): TaskFunction {
    const { stores, seconds } = this.props;
    const task = this.stage('FetchDocuments', 'fetch-documents', seconds.fetch, 'Checks an object, or fetches a page');
    stores.grantReadVersions(task);
    stores.allowListDocuments(task);
    stores.allowWork(task, 'PutObject');
    return task;
  }

  private parse(): TaskFunction {
    const { settings, stores, seconds } = this.props;
    const task = ingestionFunction(this, 'ParseDocuments', settings, {
      handler: 'parse-documents',
      description: 'Makes blocks of Markdown, text, HTML, PDF and DOCX',
      timeout: Duration.seconds(seconds.parse),
      memoryMegabytes: 2048,
      bundleLimitBytes: PARSERS_LIMIT_BYTES,
      environment: {},
    });
    stores.grantReadVersions(task);
    stores.allowWork(task, 'GetObject', 'PutObject', 'AbortMultipartUpload');
    return task;
  }

  private chunk(): TaskFunction {
    const { stores, seconds } = this.props;
    const task = this.stage('ChunkDocuments', 'chunk-documents', seconds.chunk, 'Makes passages of blocks');
    stores.allowWork(task, 'GetObject', 'PutObject', 'AbortMultipartUpload');
    return task;
  }

  private embed(): TaskFunction {
    const { settings, stores, seconds } = this.props;
    const { embeddings, pace } = stores;
    const task = this.stage('EmbedDocuments', 'embed-documents', seconds.embed, 'Makes vectors of passages, once each');
    stores.allowWork(task, 'GetObject', 'PutObject');
    stores.allowListWork(task);
    task.allow(['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'], embeddings.arn);
    task.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], pace.arn);
    task.function.addEnvironment('EMBEDDINGS_TABLE', embeddings.name);
    task.function.addEnvironment('PACE_TABLE', pace.name);
    allowEmbedding(task, settings);
    return task;
  }

  private upsert(): TaskFunction {
    const { stores, seconds } = this.props;
    const task = this.stage('UpsertDocuments', 'upsert-documents', seconds.upsert, 'Puts the vectors of a version');
    stores.allowWork(task, 'GetObject');
    stores.grantRows(task);
    stores.allowVectors(task, 'PutVectors');
    this.tellDimensions(task);
    return task;
  }

  private validate(): TaskFunction {
    const { stores, seconds, writesResults } = this.props;
    const task = this.stage('ValidateDocuments', 'validate-documents', seconds.validate, 'Makes a version visible');
    stores.allowWork(task, 'GetObject');
    if (writesResults) stores.allowWork(task, 'PutObject');
    stores.grantRows(task);
    stores.allowVectors(task, 'GetVectors', 'QueryVectors', 'DeleteVectors');
    this.tellDimensions(task);
    return task;
  }

  private stage(id: string, handler: string, seconds: number, description: string): TaskFunction {
    return ingestionFunction(this, id, this.props.settings, {
      handler,
      description,
      timeout: Duration.seconds(seconds),
      memoryMegabytes: 1024,
      bundleLimitBytes: S3_BUNDLE_LIMIT_BYTES,
      environment: {},
    });
  }

  private tellDimensions(task: TaskFunction): void {
    task.function.addEnvironment('EMBEDDING_DIMENSIONS', String(this.props.settings.ingestion.embedding.dimensions));
  }
}
