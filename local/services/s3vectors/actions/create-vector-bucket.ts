import type { Action } from '../../../wire/service';
import type { NewBucket, S3Vectors } from '../s3-vectors';
import { withTags } from '../tag-access';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_CreateVectorBucket.html */
export function createVectorBucket(vectors: S3Vectors): Action<NewBucket> {
  return {
    access: withTags(vectors.onBucket('CreateVectorBucket')),
    handle: (input) => ({ vectorBucketArn: vectors.addBucket(input).arn }),
  };
}
