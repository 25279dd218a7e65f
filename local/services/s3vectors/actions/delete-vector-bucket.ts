import type { Action } from '../../../wire/service';
import type { BucketAddress } from '../address';
import type { S3Vectors } from '../s3-vectors';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_DeleteVectorBucket.html: its indexes must be gone. */
export function deleteVectorBucket(vectors: S3Vectors): Action<BucketAddress> {
  return {
    access: vectors.onBucket('DeleteVectorBucket'),
    handle: (input) => {
      vectors.removeBucket(vectors.bucketOf(input));
      return {};
    },
  };
}
