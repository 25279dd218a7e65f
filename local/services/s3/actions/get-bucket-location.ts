import type { Action } from '../../../wire/service';
import type { S3 } from '../s3';

/** us-east-1 has no constraint. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export function getBucketLocation(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketLocation'),
    handle: (input) => {
      s3.bucket(input);
      const { region } = s3.host;
      return region === 'us-east-1' ? {} : { LocationConstraint: region };
    },
  };
}
