import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DataTable } from '../../constructs/data-table';
import { StorageBucket } from '../../constructs/storage-bucket';
import type { TaskFunction } from '../../constructs/task-function';
import { VectorIndex } from '../../constructs/vector-index';
import type { StageSettings } from '../../stages/stage-settings';

const key = (name: string) => ({ name, type: AttributeType.STRING });

/** What can be made again from the documents: it goes with the stack, and is not backed up. */
const REMADE = { onDelete: 'destroy', hasDeletionProtection: false, hasPointInTimeRecovery: false } as const;

/** Where single documents and those of bulk loads lie; other keys of the bucket are nobody's. */
const DOCUMENT_PREFIXES = ['documents/', 'bulk/'];

/** Where documents, what stages hand each other, rows and vectors lie, and who may touch them. */
export class IngestionStores extends Construct {
  /** What people upload, every version of it for a while. */
  readonly documents: StorageBucket;
  /** What stages hand each other. */
  readonly work: StorageBucket;
  /** One row per document: which version is visible, and what was given up. */
  readonly rows: DataTable;
  /** Vectors by the text that they stand for. */
  readonly embeddings: DataTable;
  /** How fast the model may be asked, by all functions together. */
  readonly pace: DataTable;
  readonly vectors: VectorIndex;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const { data, ingestion } = settings;
    this.documents = new StorageBucket(this, 'Documents', {
      onDelete: data.onDelete,
      keepVersionsDays: ingestion.keepVersionsDays,
      hasEvents: true,
    });
    this.work = new StorageBucket(this, 'Work', { onDelete: 'destroy', expireDays: ingestion.keepWorkDays });
    this.rows = new DataTable(this, 'Rows', {
      partitionKey: key('documentKey'),
      timeToLiveAttribute: 'expiration',
      indexes: {
        'by-tenant': { partitionKey: key('tenant'), sortKey: key('statusPath') },
        sweep: { partitionKey: key('sweep'), sortKey: { name: 'sweepAt', type: AttributeType.NUMBER } },
      },
      protection: data,
    });
    this.embeddings = new DataTable(this, 'Embeddings', {
      partitionKey: key('textHash'),
      timeToLiveAttribute: 'expiration',
      protection: REMADE,
    });
    this.pace = new DataTable(this, 'Pace', { partitionKey: key('name'), protection: REMADE });
    this.vectors = new VectorIndex(this, 'Vectors', {
      dimensions: ingestion.embedding.dimensions,
      unfilteredKeys: ['text', 'heading', 'chunkId', 'position', 'textHash'],
      onDelete: data.onDelete,
    });
  }

  /** Lets a function read any version of any document, and see that one is not there: otherwise S3 says that it is forbidden. */
  grantReadDocuments(task: TaskFunction): void {
    this.allowDocuments(task, 'GetObject', 'GetObjectVersion');
    this.allowListDocuments(task);
  }

  /** Lets a function see that a document is not there. */
  allowListDocuments(task: TaskFunction): void {
    task.allow(['s3:ListBucket'], this.documents.arn);
  }

  /** Lets a function read versions of documents that it can name. */
  grantReadVersions(task: TaskFunction): void {
    this.allowDocuments(task, 'GetObjectVersion');
  }

  /** Lets a function do something with what stages hand each other, and points it to the bucket. */
  allowWork(task: TaskFunction, ...actions: readonly ('GetObject' | 'PutObject' | 'AbortMultipartUpload')[]): void {
    this.work.allow(
      task,
      actions.map((action) => `s3:${action}`),
      'work/',
    );
    task.function.addEnvironment('WORK_BUCKET', this.work.name);
  }

  /** Lets a function list what stages have made, and see that something is not there. */
  allowListWork(task: TaskFunction): void {
    task.allow(['s3:ListBucket'], this.work.arn);
  }

  /** Lets a function read and write rows one at a time, and points it to the table. */
  grantRows(task: TaskFunction): void {
    this.allowRows(task, 'GetItem', 'PutItem');
  }

  /** Lets a function do something with rows, and points it to the table. */
  allowRows(task: TaskFunction, ...actions: readonly string[]): void {
    task.allow(
      actions.map((action) => `dynamodb:${action}`),
      this.rows.arn,
    );
    task.function.addEnvironment('DOCUMENTS_TABLE', this.rows.name);
  }

  /** Lets a function find rows by one of the table's indexes. */
  allowQuery(task: TaskFunction, indexName: 'by-tenant' | 'sweep'): void {
    task.allow(['dynamodb:Query'], this.rows.indexArn(indexName));
  }

  /** Lets a function do something with vectors, and points it to the index. */
  allowVectors(
    task: TaskFunction,
    ...actions: readonly ('PutVectors' | 'GetVectors' | 'QueryVectors' | 'DeleteVectors')[]
  ): void {
    task.allow(
      actions.map((action) => `s3vectors:${action}`),
      this.vectors.indexArn,
    );
    task.function.addEnvironment('VECTOR_BUCKET_NAME', this.vectors.bucketName);
    task.function.addEnvironment('VECTOR_INDEX_NAME', this.vectors.indexName);
  }

  private allowDocuments(task: TaskFunction, ...actions: readonly string[]): void {
    for (const prefix of DOCUMENT_PREFIXES) {
      this.documents.allow(
        task,
        actions.map((action) => `s3:${action}`),
        prefix,
      );
    }
  }
}
