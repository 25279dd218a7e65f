import type { Action } from '../../../wire/service';
import type { IndexAddress } from '../address';
import { integerBetween, required } from '../constraints';
import { invalidQueryVector, invalidToken } from '../faults';
import { parseFilter } from '../filter/parse-filter';
import { readToken, writeToken } from '../page';
import type { S3Vectors } from '../s3-vectors';
import { type Match, search } from '../search/search';
import { problemOf, readValues, type VectorData } from '../vectors/read-values';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html */
const MOST_RESULTS = 10_000;
const PAGE_RESULTS = 100;

interface QueryVectorsInput extends IndexAddress {
  readonly topK?: number;
  readonly queryVector?: VectorData;
  readonly filter?: unknown;
  readonly returnMetadata?: boolean;
  readonly returnDistance?: boolean;
  readonly nextToken?: string;
}

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_QueryVectors.html: who filters or asks for metadata needs
 * `s3vectors:GetVectors`, too. A page after the first is searched anew, from where its token says.
 */
export function queryVectors(vectors: S3Vectors): Action<QueryVectorsInput> {
  return {
    access: (input) => {
      const needed = vectors.onIndex('QueryVectors')(input);
      const readsMetadata = input.returnMetadata || isGiven(input.filter);
      return readsMetadata ? [...needed, ...vectors.onIndex('GetVectors')(input)] : needed;
    },
    handle: (input) => {
      const { topK, queryVector, filter, nextToken } = input;
      required('/topK', topK);
      integerBetween('/topK', topK, 1, MOST_RESULTS);
      required('/queryVector', queryVector);
      const query = readValues('/queryVector', queryVector);
      const index = vectors.indexOf(input);
      const { dimension, distanceMetric: metric, nonFilterableKeys } = index;
      const problem = problemOf(query, dimension, metric);
      if (problem) throw invalidQueryVector(problem);
      const admits = isGiven(filter) ? parseFilter(filter, nonFilterableKeys) : undefined;
      const from = nextToken === undefined ? 0 : Number(readToken(nextToken));
      if (!Number.isInteger(from)) throw invalidToken();
      const limit = Math.min(topK, from + PAGE_RESULTS + 1);
      const found = search(vectors.store.vectorsOf(index), { query, limit, metric, filter: admits });
      const to = from + PAGE_RESULTS;
      return {
        vectors: found.slice(from, to).map((match) => answer(match, input)),
        distanceMetric: metric,
        nextToken: found.length > to ? writeToken(String(to)) : undefined,
      };
    },
  };
}

function isGiven(filter: unknown): boolean {
  return filter !== undefined && filter !== null;
}

function answer({ vector, distance }: Match, { returnDistance, returnMetadata }: QueryVectorsInput): object {
  return {
    key: vector.key,
    distance: returnDistance ? distance : undefined,
    metadata: returnMetadata ? vector.metadata : undefined,
  };
}
