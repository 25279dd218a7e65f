import type { Action } from '../../../wire/service';
import { checkBucketName } from '../bucket-name';
import { bucketAlreadyOwnedByYou, notImplemented } from '../faults';
import type { Bucket, Tag } from '../model';
import type { S3 } from '../s3';
import { checkBucketTags } from '../tags';
import { checkOwnership } from './bucket-ownership';

interface CreateBucketInput {
  readonly Bucket: string;
  readonly ACL?: string;
  readonly ObjectOwnership?: string;
  readonly ObjectLockEnabledForBucket?: boolean;
  readonly CreateBucketConfiguration?: { readonly LocationConstraint?: string; readonly Tags?: readonly Tag[] };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export function createBucket(s3: S3): Action<CreateBucketInput> {
  return {
    access: ({ Bucket }) => [{ action: 's3:CreateBucket', resource: `arn:aws:s3:::${Bucket}` }],
    handle: (input) => {
      const { Bucket, ObjectOwnership, CreateBucketConfiguration } = input;
      if (input.ObjectLockEnabledForBucket) throw notImplemented('Object Lock is not emulated.');
      const existing = s3.store.bucket(Bucket);
      // As in us-east-1, where making a bucket again changes nothing.
      if (!existing || s3.host.region !== 'us-east-1') {
        const bucket = addBucket(s3, Bucket, ObjectOwnership);
        const tags = checkBucketTags(CreateBucketConfiguration?.Tags);
        if (tags.length > 0) s3.store.set(bucket, { tags });
      }
      return { Location: `/${Bucket}`, BucketArn: `arn:aws:s3:::${Bucket}` };
    },
  };
}

/** A new bucket as AWS makes it: nothing public, the owner owns all objects, encrypted with S3's own keys. */
export function addBucket(s3: S3, name: string, ownership = 'BucketOwnerEnforced'): Bucket {
  checkBucketName(name);
  checkOwnership(ownership);
  if (s3.store.bucket(name)) throw bucketAlreadyOwnedByYou(name);
  return s3.store.add(name, s3.now(), {
    ownership,
    notifications: {},
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
  });
}
