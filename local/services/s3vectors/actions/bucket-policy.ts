import type { Action } from '../../../wire/service';
import type { BucketAddress } from '../address';
import { readPolicy } from '../bucket-policy';
import { policyNotFound } from '../faults';
import type { S3Vectors } from '../s3-vectors';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_PutVectorBucketPolicy.html */
export function putVectorBucketPolicy(vectors: S3Vectors): Action<BucketAddress & { policy?: string }> {
  return {
    access: vectors.onBucket('PutVectorBucketPolicy'),
    handle: (input) => {
      const bucket = vectors.bucketOf(input);
      vectors.store.setPolicy(bucket, readPolicy(input.policy));
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_GetVectorBucketPolicy.html */
export function getVectorBucketPolicy(vectors: S3Vectors): Action<BucketAddress> {
  return {
    access: vectors.onBucket('GetVectorBucketPolicy'),
    handle: (input) => {
      const { policy } = vectors.bucketOf(input);
      if (!policy) throw policyNotFound();
      return { policy: policy.text };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_DeleteVectorBucketPolicy.html */
export function deleteVectorBucketPolicy(vectors: S3Vectors): Action<BucketAddress> {
  return {
    access: vectors.onBucket('DeleteVectorBucketPolicy'),
    handle: (input) => {
      vectors.store.setPolicy(vectors.bucketOf(input), undefined);
      return {};
    },
  };
}
