import { BatchGetItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DeleteVectorsCommand,
  GetVectorsCommand,
  ListVectorsCommand,
  type ListVectorsOutput,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { atOnce } from '../at-once';
import type { IngestionOutputs } from '../outputs-file';
import { groupsOf } from './find-ghosts';
import type { IngestQueue, Rows, Sources, VectorIndex } from './ports';
import type { Row } from './row';

/** The stores of a deployed ingestion stack, with the credentials of whoever types. */
export interface AwsStores {
  readonly index: VectorIndex;
  readonly rows: Rows;
  readonly sources: Sources;
  readonly queue: IngestQueue;
  close(): void;
}

/** Parts of the index that are listed side by side: https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_ListVectors.html */
const SEGMENTS = 4;
const PAGE = 1_000;
/** The most that GetVectors takes. */
const MOST_READ = 100;
const READS_AT_ONCE = 4;
/** The index is shared with ingestion: whoever is throttled waits and asks again. */
const MOST_ATTEMPTS = 8;
/** Before rows that the table left out are asked for again. */
const UNREAD_PAUSE_MS = 200;

/** Opens the stores that an outputs file names. */
export function openStores(outputs: IngestionOutputs): AwsStores {
  const config = { region: outputs.Region, maxAttempts: MOST_ATTEMPTS };
  const s3vectors = new S3VectorsClient(config);
  const dynamodb = new DynamoDBClient(config);
  const s3 = new S3Client(config);
  const sqs = new SQSClient(config);
  return {
    index: vectorIndex(s3vectors, outputs),
    rows: documentRows(dynamodb, outputs.DocumentsTableName),
    sources: { head: (object) => headOf(s3, object) },
    queue: {
      async send(MessageBody) {
        await sqs.send(new SendMessageCommand({ QueueUrl: outputs.IngestQueueUrl, MessageBody }));
      },
    },
    close() {
      for (const client of [s3vectors, dynamodb, s3, sqs]) client.destroy();
    },
  };
}

function vectorIndex(client: S3VectorsClient, { VectorBucketName, VectorIndexName }: IngestionOutputs): VectorIndex {
  const index = { vectorBucketName: VectorBucketName, indexName: VectorIndexName };
  return {
    async listKeys(onPage) {
      const segments = Array.from({ length: SEGMENTS }, (_, segmentIndex) => segmentIndex);
      await atOnce(segments, SEGMENTS, async (segmentIndex) => {
        let nextToken: string | undefined;
        do {
          const page: ListVectorsOutput = await client.send(
            new ListVectorsCommand({ ...index, segmentCount: SEGMENTS, segmentIndex, maxResults: PAGE, nextToken }),
          );
          onPage((page.vectors ?? []).map(({ key }) => key!));
          nextToken = page.nextToken;
        } while (nextToken !== undefined);
      });
    },
    async existing(keys) {
      const answers = await atOnce(groupsOf(keys, MOST_READ), READS_AT_ONCE, (group) =>
        client.send(new GetVectorsCommand({ ...index, keys: group })),
      );
      return new Set(answers.flatMap(({ vectors = [] }) => vectors.map(({ key }) => key!)));
    },
    async ownerOf(key) {
      const { vectors = [] } = await client.send(
        new GetVectorsCommand({ ...index, keys: [key], returnMetadata: true }),
      );
      return vectors[0] && ((vectors[0].metadata ?? {}) as { tenant?: string; path?: string });
    },
    async delete(keys) {
      await client.send(new DeleteVectorsCommand({ ...index, keys: [...keys] }));
    },
  };
}

function documentRows(client: DynamoDBClient, TableName: string): Rows {
  return {
    async *all() {
      for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
        yield Items.map((item) => unmarshall(item) as Row);
      }
    },
    async find(documentKeys) {
      const rows = new Map<string, Row>();
      let Keys: Record<string, any>[] = documentKeys.map((documentKey) => marshall({ documentKey }));
      while (Keys.length > 0) {
        const { Responses, UnprocessedKeys } = await client.send(
          new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
        );
        for (const item of Responses?.[TableName] ?? []) {
          const row = unmarshall(item) as Row;
          rows.set(row.documentKey, row);
        }
        Keys = UnprocessedKeys?.[TableName]?.Keys ?? [];
        if (Keys.length > 0) await new Promise((resolve) => setTimeout(resolve, UNREAD_PAUSE_MS));
      }
      return rows;
    },
  };
}

async function headOf(s3: S3Client, { bucket, key, versionId }: Parameters<Sources['head']>[0]) {
  try {
    const facts = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return { versionId: facts.VersionId ?? 'null', sizeBytes: facts.ContentLength ?? 0 };
  } catch (error) {
    // A version that is a delete marker is answered 405: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
    if ([404, 405].includes(status)) return undefined;
    throw error;
  }
}
