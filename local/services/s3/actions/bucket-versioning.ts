import type { Action } from '../../../wire/service';
import { malformedXml, notImplemented } from '../faults';
import type { S3 } from '../s3';

interface PutInput {
  readonly Bucket: string;
  readonly VersioningConfiguration?: { readonly Status?: string; readonly MfaDelete?: string };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export function getBucketVersioning(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketVersioning'),
    handle: (input) => ({ Status: s3.bucket(input).settings.versioning }),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export function putBucketVersioning(s3: S3): Action<PutInput> {
  return {
    access: s3.onBucket('PutBucketVersioning'),
    handle: (input) => {
      const { Status, MfaDelete } = input.VersioningConfiguration ?? {};
      if (Status !== 'Enabled' && Status !== 'Suspended') throw malformedXml();
      if (MfaDelete === 'Enabled') throw notImplemented('MFA delete is not emulated.');
      s3.store.set(s3.bucket(input), { versioning: Status });
    },
  };
}
