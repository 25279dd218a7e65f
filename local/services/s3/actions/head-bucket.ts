import type { Action } from '../../../wire/service';
import type { S3 } from '../s3';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export function headBucket(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('ListBucket'),
    handle: (input) => {
      const { arn } = s3.bucket(input);
      return { BucketRegion: s3.host.region, BucketArn: arn, AccessPointAlias: false };
    },
  };
}
