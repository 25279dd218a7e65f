import type { Action } from '../../../wire/service';
import type { S3 } from '../s3';
import { type UploadTarget, uploadOf } from '../upload-lookup';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export function abortMultipartUpload(s3: S3): Action<UploadTarget> {
  return {
    access: (input, { caller }) => [s3.objectAccess('AbortMultipartUpload', 'AbortMultipartUpload', input, caller)],
    handle: (input) => {
      const bucket = s3.bucket(input);
      s3.store.removeUpload(bucket, uploadOf(bucket, input));
    },
  };
}
