import type { Action } from '../../../wire/service';
import type { IndexAddress } from '../address';
import { answerVector, type Wanted } from '../answer-vector';
import { checkKeys } from '../constraints';
import type { S3Vectors } from '../s3-vectors';

const MOST_KEYS = 100;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_GetVectors.html: keys that are not there are left out. */
export function getVectors(vectors: S3Vectors): Action<IndexAddress & Wanted & { keys?: readonly string[] }> {
  return {
    access: vectors.onIndex('GetVectors'),
    handle: (input) => {
      checkKeys(input.keys, MOST_KEYS);
      const set = vectors.store.vectorsOf(vectors.indexOf(input));
      const found = [...new Set(input.keys)].flatMap((key) => set.get(key) ?? []);
      return { vectors: found.map((vector) => answerVector(set, vector, input)) };
    },
  };
}
