import {
  DeleteVectorsCommand,
  GetVectorsCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
} from '@aws-sdk/client-s3vectors';
import type { Sender } from '../../shared/aws/sender';
import { MOST_PUT, type VectorFilter, type VectorStore } from '../domain/vector-store';

/** What the store works with. */
export interface S3VectorStoreProps {
  readonly client: Sender;
  readonly vectorBucketName: string;
  readonly indexName: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html */
const MOST_DELETED = 500;
const MOST_READ = 100;

/** Requests that read at once. */
const READS_AT_ONCE = 4;

/** An index of S3 Vectors. Its writes are seen by the next read. */
export function createS3VectorStore({ client, vectorBucketName, indexName }: S3VectorStoreProps): VectorStore {
  const index = { vectorBucketName, indexName };

  return {
    async put(vectors) {
      for (const group of groupsOf(vectors, MOST_PUT)) {
        const records = group.map(({ key, vector, metadata }) => ({
          key,
          data: { float32: Array.from(vector) },
          metadata: { ...metadata },
        }));
        await client.send(new PutVectorsCommand({ ...index, vectors: records }));
      }
    },

    async delete(keys) {
      for (const group of groupsOf(keys, MOST_DELETED)) {
        await client.send(new DeleteVectorsCommand({ ...index, keys: group }));
      }
    },

    async existing(keys) {
      const found = new Set<string>();
      const groups = groupsOf(keys, MOST_READ);
      for (let from = 0; from < groups.length; from += READS_AT_ONCE) {
        const answers = await Promise.all(
          groups
            .slice(from, from + READS_AT_ONCE)
            .map((group) => client.send(new GetVectorsCommand({ ...index, keys: group }))),
        );
        for (const { vectors = [] } of answers) for (const { key } of vectors) found.add(key);
      }
      return found;
    },

    async get(keys) {
      if (keys.length === 0) return new Map();
      const { vectors = [] } = await client.send(
        new GetVectorsCommand({ ...index, keys: [...keys], returnData: true }),
      );
      return new Map(vectors.map(({ key, data }: any) => [key, Float32Array.from(data.float32)]));
    },

    async query({ vector, topK, filter }) {
      const { vectors = [] } = await client.send(
        new QueryVectorsCommand({
          ...index,
          topK,
          queryVector: { float32: Array.from(vector) },
          filter: filterOf(filter),
          returnMetadata: true,
          returnDistance: true,
        }),
      );
      return vectors.map(({ key, distance, metadata }: any) => ({ key, distance, metadata }));
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-metadata-filtering.html */
function filterOf(filter: VectorFilter) {
  const conditions = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ [name]: { $eq: value } }));
  return conditions.length === 1 ? conditions[0] : { $and: conditions };
}

function groupsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  );
}
