import type { Action } from '../../../wire/service';
import { bucketNotEmpty } from '../faults';
import type { Bucket } from '../model';
import type { S3 } from '../s3';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export function deleteBucket(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('DeleteBucket'),
    handle: (input) => removeBucket(s3, s3.bucket(input)),
  };
}

/** Throws BucketNotEmpty while any version or delete marker is left. */
export function removeBucket(s3: S3, bucket: Bucket): void {
  if (!bucket.objects.isEmpty) throw bucketNotEmpty(bucket.name);
  s3.store.remove(bucket);
}
