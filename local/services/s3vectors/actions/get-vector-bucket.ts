import type { Action } from '../../../wire/service';
import type { BucketAddress } from '../address';
import { describeBucket } from '../describe';
import type { S3Vectors } from '../s3-vectors';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_GetVectorBucket.html */
export function getVectorBucket(vectors: S3Vectors): Action<BucketAddress> {
  return {
    access: vectors.onBucket('GetVectorBucket'),
    handle: (input) => ({ vectorBucket: describeBucket(vectors.bucketOf(input)) }),
  };
}
