import type { Action } from '../../../wire/service';
import { notConfigured } from '../faults';
import type { PublicAccessBlock } from '../model';
import type { S3 } from '../s3';

interface PutInput {
  readonly Bucket: string;
  readonly PublicAccessBlockConfiguration?: Partial<PublicAccessBlock>;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export function getPublicAccessBlock(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketPublicAccessBlock'),
    handle: (input) => {
      const { name, settings } = s3.bucket(input);
      if (!settings.publicAccessBlock) {
        const message = 'The public access block configuration was not found';
        throw notConfigured('NoSuchPublicAccessBlockConfiguration', message, name);
      }
      return { PublicAccessBlockConfiguration: settings.publicAccessBlock };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export function putPublicAccessBlock(s3: S3): Action<PutInput> {
  return {
    access: s3.onBucket('PutBucketPublicAccessBlock'),
    handle: (input) => {
      s3.store.set(s3.bucket(input), { publicAccessBlock: publicAccessBlockOf(input.PublicAccessBlockConfiguration) });
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export function deletePublicAccessBlock(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('PutBucketPublicAccessBlock'),
    handle: (input) => {
      s3.store.set(s3.bucket(input), { publicAccessBlock: undefined });
    },
  };
}

/** What is left out is off. */
export function publicAccessBlockOf(given: Partial<PublicAccessBlock> = {}): PublicAccessBlock {
  return {
    BlockPublicAcls: given.BlockPublicAcls ?? false,
    IgnorePublicAcls: given.IgnorePublicAcls ?? false,
    BlockPublicPolicy: given.BlockPublicPolicy ?? false,
    RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
  };
}
