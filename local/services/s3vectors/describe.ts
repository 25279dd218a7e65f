/** Buckets and indexes as the API answers them. Times are seconds since the epoch. */
import type { VectorBucket, VectorIndex } from './model';

export function summarizeBucket({ name, arn, createdAtMs }: VectorBucket): object {
  return { vectorBucketName: name, vectorBucketArn: arn, creationTime: createdAtMs / 1000 };
}

export function describeBucket(bucket: VectorBucket): object {
  return { ...summarizeBucket(bucket), encryptionConfiguration: bucket.encryption };
}

export function summarizeIndex({ bucketName, name, arn, createdAtMs }: VectorIndex): object {
  return { vectorBucketName: bucketName, indexName: name, indexArn: arn, creationTime: createdAtMs / 1000 };
}

export function describeIndex(index: VectorIndex): object {
  const { dimension, distanceMetric, nonFilterableKeys, encryption } = index;
  return {
    ...summarizeIndex(index),
    dataType: 'float32',
    dimension,
    distanceMetric,
    metadataConfiguration: nonFilterableKeys.length > 0 ? { nonFilterableMetadataKeys: nonFilterableKeys } : undefined,
    encryptionConfiguration: encryption,
  };
}
