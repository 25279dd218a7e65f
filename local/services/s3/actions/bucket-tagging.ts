import type { Action } from '../../../wire/service';
import { notConfigured } from '../faults';
import type { Tag } from '../model';
import type { S3 } from '../s3';
import { checkBucketTags } from '../tags';

interface PutInput {
  readonly Bucket: string;
  readonly Tagging?: { readonly TagSet?: readonly Tag[] };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export function getBucketTagging(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketTagging'),
    handle: (input) => {
      const { name, settings } = s3.bucket(input);
      if (!settings.tags) throw notConfigured('NoSuchTagSet', 'The TagSet does not exist', name);
      return { TagSet: settings.tags };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export function putBucketTagging(s3: S3): Action<PutInput> {
  return {
    access: s3.onBucket('PutBucketTagging'),
    handle: (input) => {
      const tags = checkBucketTags(input.Tagging?.TagSet);
      s3.store.set(s3.bucket(input), { tags: tags.length > 0 ? tags : undefined });
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export function deleteBucketTagging(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('PutBucketTagging'),
    handle: (input) => {
      s3.store.set(s3.bucket(input), { tags: undefined });
    },
  };
}
