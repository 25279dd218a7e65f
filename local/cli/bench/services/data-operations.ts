import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { SeededRandom } from '../../../kernel/random';
import type { Operation, OperationMaker, Target } from './operation';

const TEXT = 'x'.repeat(1024);
const DIMENSIONS = 256;
/** Vectors that a query looks at. */
const VECTOR_COUNT = 1000;
/** Objects of a listed page, items of a page of a query. */
const PAGE_COUNT = 100;
const MODEL = 'amazon.titan-embed-text-v2:0';

/** Tables, objects, vectors and embeddings. */
export const dataOperations: OperationMaker = async (target) => [
  ...(await tables(target)),
  ...(await objects(target)),
  ...(await vectors(target)),
  ...embeddings(target),
];

async function tables(target: Target): Promise<Operation[]> {
  const dynamodb = new DynamoDBClient(target);
  const TableName = 'bench';
  const keys = [
    { AttributeName: 'id', KeyType: 'HASH' as const },
    { AttributeName: 'at', KeyType: 'RANGE' as const },
  ];
  const AttributeDefinitions = [
    { AttributeName: 'id', AttributeType: 'S' as const },
    { AttributeName: 'at', AttributeType: 'N' as const },
  ];
  await dynamodb.send(
    new CreateTableCommand({ TableName, KeySchema: keys, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' }),
  );
  const keyOf = (id: string, at: number) => ({ id: { S: id }, at: { N: String(at) } });
  const itemOf = (id: string, at: number) => ({ ...keyOf(id, at), text: { S: TEXT } });
  for (let at = 0; at < PAGE_COUNT; at++) {
    await dynamodb.send(new PutItemCommand({ TableName, Item: itemOf('page', at) }));
  }
  const Key = keyOf('page', 0);
  const update = { UpdateExpression: 'SET seen = :n', ConditionExpression: 'attribute_exists(id)' };
  const pageOf = { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'page' } } };
  return [
    {
      name: 'dynamodb PutItem (1 KB)',
      call: (number) => dynamodb.send(new PutItemCommand({ TableName, Item: itemOf(`put-${number}`, 0) })),
    },
    { name: 'dynamodb GetItem (1 KB)', call: () => dynamodb.send(new GetItemCommand({ TableName, Key })) },
    {
      name: 'dynamodb UpdateItem with a condition',
      call: (number) =>
        dynamodb.send(
          new UpdateItemCommand({ TableName, Key, ...update, ExpressionAttributeValues: { ':n': { N: `${number}` } } }),
        ),
    },
    {
      name: `dynamodb Query (${PAGE_COUNT} items of 1 KB)`,
      call: () => dynamodb.send(new QueryCommand({ TableName, ...pageOf })),
    },
    {
      name: 'dynamodb TransactWriteItems (2 items)',
      call: (number) => {
        const puts = [0, 1].map((at) => ({ Put: { TableName, Item: itemOf(`transacted-${number}`, at) } }));
        return dynamodb.send(new TransactWriteItemsCommand({ TransactItems: puts }));
      },
    },
  ];
}

async function objects(target: Target): Promise<Operation[]> {
  const s3 = new S3Client(target);
  const Bucket = 'bench';
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (let i = 0; i < PAGE_COUNT; i++) {
    await s3.send(new PutObjectCommand({ Bucket, Key: `page/${String(i).padStart(3, '0')}`, Body: TEXT }));
  }
  return [
    {
      name: 's3 PutObject (1 KB)',
      call: (number) => s3.send(new PutObjectCommand({ Bucket, Key: `put/${number}`, Body: TEXT })),
    },
    {
      name: 's3 GetObject (1 KB)',
      call: async () => (await s3.send(new GetObjectCommand({ Bucket, Key: 'page/000' }))).Body!.transformToByteArray(),
    },
    {
      name: `s3 ListObjectsV2 (${PAGE_COUNT} keys)`,
      call: () => s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'page/' })),
    },
  ];
}

async function vectors(target: Target): Promise<Operation[]> {
  const client = new S3VectorsClient(target);
  const random = new SeededRandom('bench of services');
  const float32 = () => Array.from({ length: DIMENSIONS }, () => random.next() - 0.5);
  const vectorBucketName = 'bench-vectors';
  await client.send(new CreateVectorBucketCommand({ vectorBucketName }));
  const shape = { dataType: 'float32' as const, dimension: DIMENSIONS, distanceMetric: 'cosine' as const };
  for (const indexName of ['put', 'queried']) {
    await client.send(new CreateIndexCommand({ vectorBucketName, indexName, ...shape }));
  }
  const put = (indexName: string, keys: readonly string[]) =>
    client.send(
      new PutVectorsCommand({
        ...{ vectorBucketName, indexName },
        vectors: keys.map((key) => ({ key, data: { float32: float32() } })),
      }),
    );
  const keys = Array.from({ length: VECTOR_COUNT }, (_, i) => `v-${i}`);
  for (let from = 0; from < VECTOR_COUNT; from += 500) await put('queried', keys.slice(from, from + 500));
  const query = { vectorBucketName, indexName: 'queried', topK: 10 };
  return [
    { name: `s3vectors PutVectors (1 of ${DIMENSIONS})`, call: (number) => put('put', [`v-${number}`]) },
    {
      name: `s3vectors QueryVectors (10 of ${VECTOR_COUNT})`,
      call: () => client.send(new QueryVectorsCommand({ ...query, queryVector: { float32: float32() } })),
    },
  ];
}

function embeddings(target: Target): Operation[] {
  const client = new BedrockRuntimeClient(target);
  return [
    {
      name: 'bedrock InvokeModel (embeds 8 words)',
      call: (number) => {
        const inputText = `an order of ${number} lamps is refunded by card`;
        const body = JSON.stringify({ inputText, dimensions: DIMENSIONS });
        return client.send(new InvokeModelCommand({ modelId: MODEL, body }));
      },
    },
  ];
}
