import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateIndexCommand, CreateVectorBucketCommand, S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { createDynamoDocumentLists } from '../../../../lambdas/ingestion/adapters/dynamo-document-lists';
import { createDynamoDocumentStore } from '../../../../lambdas/ingestion/adapters/dynamo-document-store';
import { createDynamoEmbeddingCache } from '../../../../lambdas/ingestion/adapters/dynamo-embedding-cache';
import { createDynamoPaceStore } from '../../../../lambdas/ingestion/adapters/dynamo-pace-store';
import { createS3SourceStore } from '../../../../lambdas/ingestion/adapters/s3-source-store';
import { createS3StreamWriter } from '../../../../lambdas/ingestion/adapters/s3-stream-writer';
import { createS3VectorStore } from '../../../../lambdas/ingestion/adapters/s3-vector-store';
import { createS3WorkStore } from '../../../../lambdas/ingestion/adapters/s3-work-store';
import { createTitanEmbedder } from '../../../../lambdas/ingestion/adapters/titan-embedder';
import { systemClock } from '../../../../lambdas/shared/clock';
import { type BedrockService, createBedrockService } from '../../../../local/services/bedrock/router';
import { createDynamoDbService } from '../../../../local/services/dynamodb/router';
import { createS3Service } from '../../../../local/services/s3/router';
import { createS3VectorsService } from '../../../../local/services/s3vectors/router';
import { startGateway } from '../../../support/embedded';

const DIMENSIONS = 256;
const MODEL = 'amazon.titan-embed-text-v2:0';

/** Buckets, tables and an index as the stack makes them, and every adapter over them. */
export async function startEmbeddedIngestion() {
  let bedrock: BedrockService | undefined;
  const running = await startGateway((host) => {
    bedrock = createBedrockService(host);
    return [createS3Service(host), createS3VectorsService(host), createDynamoDbService(host), bedrock];
  });
  const s3 = new S3Client({ ...running.client, forcePathStyle: true });
  const dynamo = new DynamoDBClient(running.client);
  const s3vectors = new S3VectorsClient(running.client);
  const model = new BedrockRuntimeClient(running.client);
  await s3.send(new CreateBucketCommand({ Bucket: 'documents' }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: 'documents', VersioningConfiguration: { Status: 'Enabled' } }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: 'work' }));
  await createTables(dynamo);
  await s3vectors.send(new CreateVectorBucketCommand({ vectorBucketName: 'vectors' }));
  await s3vectors.send(
    new CreateIndexCommand({
      vectorBucketName: 'vectors',
      indexName: 'passages',
      dataType: 'float32',
      dimension: DIMENSIONS,
      distanceMetric: 'cosine',
      metadataConfiguration: { nonFilterableMetadataKeys: ['text', 'heading', 'chunkId', 'position', 'textHash'] },
    }),
  );
  const rows = { client: dynamo, tableName: 'documents', clock: systemClock };
  const cached = { model: MODEL, dimensions: DIMENSIONS };
  return {
    running,
    s3,
    bedrock: bedrock!,
    dimensions: DIMENSIONS,
    sources: createS3SourceStore(s3),
    work: { ...createS3WorkStore(s3, 'work'), ...createS3StreamWriter(s3, 'work') },
    documents: { ...createDynamoDocumentStore(rows), ...createDynamoDocumentLists(rows) },
    vectors: createS3VectorStore({ client: s3vectors, vectorBucketName: 'vectors', indexName: 'passages' }),
    embedder: createTitanEmbedder({ client: model, modelId: MODEL, dimensions: DIMENSIONS }),
    cache: createDynamoEmbeddingCache({ client: dynamo, tableName: 'embeddings', clock: systemClock, ...cached }),
    paceStore: createDynamoPaceStore(dynamo, 'pace'),
    async close() {
      for (const client of [s3, dynamo, s3vectors, model]) client.destroy();
      await running.close();
    },
  };
}

async function createTables(dynamo: DynamoDBClient): Promise<void> {
  const table = (TableName: string, key: string, indexes: Record<string, [string, string, 'S' | 'N']> = {}) => {
    const attributes = new Map<string, 'S' | 'N'>([[key, 'S']]);
    for (const [partition, sort, type] of Object.values(indexes)) attributes.set(partition, 'S').set(sort, type);
    const GlobalSecondaryIndexes = Object.entries(indexes).map(([IndexName, [partition, sort]]) => ({
      IndexName,
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' as const },
        { AttributeName: sort, KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' as const },
    }));
    return dynamo.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        AttributeDefinitions: [...attributes].map(([AttributeName, AttributeType]) => ({
          AttributeName,
          AttributeType,
        })),
        ...(GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes }),
      }),
    );
  };
  await table('documents', 'documentKey', {
    'by-tenant': ['tenant', 'statusPath', 'S'],
    sweep: ['sweep', 'sweepAt', 'N'],
  });
  await table('embeddings', 'textHash');
  await table('pace', 'name');
}
