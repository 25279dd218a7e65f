import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { malformedXml } from '../faults';
import type { S3 } from '../s3';
import { removeObject } from './delete-object';

const LIMIT_OBJECTS = 1000;

interface DeleteObjectsInput {
  readonly Bucket: string;
  readonly Delete?: {
    readonly Objects?: readonly { readonly Key: string; readonly VersionId?: string; readonly ETag?: string }[];
    readonly Quiet?: boolean;
  };
}

/** Each object is decided on by itself. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export function deleteObjects(s3: S3): Action<DeleteObjectsInput> {
  return {
    handle: (input, call) => {
      const bucket = s3.bucket(input);
      const { Objects = [], Quiet } = input.Delete ?? {};
      if (Objects.length === 0 || Objects.length > LIMIT_OBJECTS) throw malformedXml();
      const Deleted: object[] = [];
      const Errors: object[] = [];
      for (const { Key, VersionId, ETag } of Objects) {
        try {
          const target = { Bucket: bucket.name, Key, VersionId };
          s3.check(bucket, call.caller, s3.objectAccess('DeleteObject', 'DeleteObjectVersion', target, call.caller));
          const done = removeObject(s3, bucket, { ...target, IfMatch: ETag }, call);
          Deleted.push({
            Key,
            VersionId,
            DeleteMarker: done.DeleteMarker,
            DeleteMarkerVersionId: done.DeleteMarker && done.VersionId,
          });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          Errors.push({ Key, VersionId, Code: error.code, Message: error.message });
        }
      }
      return { Deleted: Quiet ? [] : Deleted, Errors };
    },
  };
}
