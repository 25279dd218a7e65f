import { BatchGetItemCommand, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { Clock } from '../../shared/clock';
import type { EmbeddingCache } from '../domain/embedder';
import { packVectors, unpackVectors } from '../domain/float32';

/** What the cache works with. */
export interface DynamoEmbeddingCacheProps {
  readonly client: Sender;
  /** Key `textHash`; TTL attribute `expiration`. */
  readonly tableName: string;
  readonly model: string;
  readonly dimensions: number;
  readonly clock: Clock;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_READ = 100;
const MOST_WRITTEN = 25;

/** Tries of a batch of which something was left: the table asks us to slow down. */
const MOST_TRIES = 6;

const KEPT_SECONDS = 180 * 24 * 3600;

/** Embeddings in a table, one item a text. What cannot be read in time counts as not there. */
export function createDynamoEmbeddingCache(props: DynamoEmbeddingCacheProps): EmbeddingCache {
  const { client, tableName, model, dimensions, clock } = props;
  const suffix = `#${model}#${dimensions}`;

  return {
    async find(textHashes) {
      const found = new Map<string, Float32Array>();
      for (let from = 0; from < textHashes.length; from += MOST_READ) {
        const Keys = textHashes.slice(from, from + MOST_READ).map((hash) => ({ textHash: { S: `${hash}${suffix}` } }));
        await untilTaken({ [tableName]: { Keys } }, async (RequestItems) => {
          const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
          for (const { textHash, v } of Responses?.[tableName] ?? []) {
            const [vector] = unpackVectors(v.B, v.B.length / 4 || 1);
            if (vector) found.set(textHash.S.slice(0, -suffix.length), vector);
          }
          return UnprocessedKeys;
        });
      }
      return found;
    },

    async put(embeddings) {
      const expiration = { N: String(Math.floor(clock.now() / 1000) + KEPT_SECONDS) };
      const requests = [...embeddings].map(([hash, vector]) => ({
        PutRequest: {
          Item: { textHash: { S: `${hash}${suffix}` }, v: { B: packVectors([vector]) }, expiration },
        },
      }));
      for (let from = 0; from < requests.length; from += MOST_WRITTEN) {
        await untilTaken({ [tableName]: requests.slice(from, from + MOST_WRITTEN) }, async (RequestItems) => {
          const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
          return UnprocessedItems;
        });
      }
    },
  };

  /** Sends a batch, and what was left of it again after a pause. */
  async function untilTaken<T extends object>(batch: T, send: (batch: T) => Promise<T | undefined>): Promise<void> {
    let left: T | undefined = batch;
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      left = await send(left);
      if (!left || Object.keys(left).length === 0) return;
      await clock.sleep(50 * 2 ** attempt);
    }
  }
}
