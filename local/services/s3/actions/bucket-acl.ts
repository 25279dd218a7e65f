import type { Action } from '../../../wire/service';
import { findVersion } from '../object-reading';
import type { ObjectInput, S3 } from '../s3';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html: the owner has full control, and nobody else anything, since no
 * other list is ever taken.
 */
export function getBucketAcl(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketAcl'),
    handle: (input) => {
      s3.bucket(input);
      return listOf(s3.ownerId);
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html: as that of a bucket. Throws NoSuchKey. */
export function getObjectAcl(s3: S3): Action<ObjectInput> {
  return {
    access: s3.onObject('GetObjectAcl', 'GetObjectVersionAcl'),
    handle: (input, { caller }) => {
      findVersion(s3, s3.bucket(input), input, caller);
      return listOf(s3.ownerId);
    },
  };
}

function listOf(ID: string) {
  return { Owner: { ID }, Grants: [{ Grantee: { ID }, Permission: 'FULL_CONTROL' }] };
}
