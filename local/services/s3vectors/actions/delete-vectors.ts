import type { Action } from '../../../wire/service';
import type { IndexAddress } from '../address';
import { checkKeys } from '../constraints';
import type { S3Vectors } from '../s3-vectors';

const MOST_KEYS = 500;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_DeleteVectors.html: keys that are not there are no error. */
export function deleteVectors(vectors: S3Vectors): Action<IndexAddress & { keys?: readonly string[] }> {
  return {
    access: vectors.onIndex('DeleteVectors'),
    handle: (input) => {
      checkKeys(input.keys, MOST_KEYS);
      const index = vectors.indexOf(input);
      vectors.rates.take(index.arn, input.keys.length, vectors.now());
      vectors.store.deleteVectors(index, input.keys);
      return {};
    },
  };
}
