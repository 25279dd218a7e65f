import type { Action } from '../../../wire/service';
import type { BucketAddress } from '../address';
import { summarizeIndex } from '../describe';
import { type PageRequest, pageByName } from '../page';
import type { S3Vectors } from '../s3-vectors';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_ListIndexes.html */
export function listIndexes(vectors: S3Vectors): Action<BucketAddress & PageRequest> {
  return {
    access: vectors.onBucket('ListIndexes'),
    handle: (input) => {
      const bucket = vectors.bucketOf(input);
      const { items, nextToken } = pageByName(vectors.store.indexesOf(bucket.name), input);
      return { indexes: items.map(summarizeIndex), nextToken };
    },
  };
}
