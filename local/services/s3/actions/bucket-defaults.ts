/**
 * Owns the answers about settings of a bucket that cannot be put here: each is what S3 answers for a bucket whose setting was never
 * touched. Their PUT operations are not there.
 */
import type { Action } from '../../../wire/service';
import { notConfigured } from '../faults';
import type { S3 } from '../s3';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html: an empty status is a bucket without access logs. */
export const getBucketLogging = (s3: S3) => untouched(s3, 'GetBucketLogging', {});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export const getBucketRequestPayment = (s3: S3) => untouched(s3, 'GetBucketRequestPayment', { Payer: 'BucketOwner' });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html: no status, as never set. */
export const getBucketAccelerateConfiguration = (s3: S3) => untouched(s3, 'GetAccelerateConfiguration', {});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export const getBucketWebsite = (s3: S3) =>
  missing(
    s3,
    'GetBucketWebsite',
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
  );

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html */
export const getBucketReplication = (s3: S3) =>
  missing(
    s3,
    'GetReplicationConfiguration',
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
  );

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const getObjectLockConfiguration = (s3: S3) =>
  missing(
    s3,
    'GetBucketObjectLockConfiguration',
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  );

function untouched(s3: S3, permission: string, answer: object): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket(permission),
    handle: (input) => {
      s3.bucket(input);
      return answer;
    },
  };
}

function missing(s3: S3, permission: string, code: string, message: string): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket(permission),
    handle: (input) => {
      throw notConfigured(code, message, s3.bucket(input).name);
    },
  };
}
