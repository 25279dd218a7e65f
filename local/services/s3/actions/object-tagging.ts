import type { CallContext } from '../../../wire/caller';
import type { Action } from '../../../wire/service';
import type { Bucket, ObjectVersion, Tag } from '../model';
import { findVersion } from '../object-reading';
import { versionIdOf } from '../object-writing';
import type { ObjectInput, S3 } from '../s3';
import { checkObjectTags } from '../tags';

interface PutInput extends ObjectInput {
  readonly Tagging?: { readonly TagSet?: readonly Tag[] };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export function getObjectTagging(s3: S3): Action<ObjectInput> {
  return {
    access: s3.onObject('GetObjectTagging', 'GetObjectVersionTagging'),
    handle: (input, { caller }) => {
      const bucket = s3.bucket(input);
      const version = findVersion(s3, bucket, input, caller);
      return { TagSet: version.tags, VersionId: versionIdOf(bucket, version) };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export function putObjectTagging(s3: S3): Action<PutInput> {
  return {
    access: s3.onObject('PutObjectTagging', 'PutObjectVersionTagging', ({ Tagging }: PutInput) => {
      const tags = Tagging?.TagSet ?? [];
      return {
        ...Object.fromEntries(tags.map(({ Key, Value }) => [`s3:RequestObjectTag/${Key}`, Value])),
        ...(tags.length > 0 && { 's3:RequestObjectTagKeys': tags.map(({ Key }) => Key) }),
      };
    }),
    handle: (input, call) => setTags(s3, input, checkObjectTags(input.Tagging?.TagSet), 'Put', call),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export function deleteObjectTagging(s3: S3): Action<ObjectInput> {
  return {
    access: s3.onObject('DeleteObjectTagging', 'DeleteObjectVersionTagging'),
    handle: (input, call) => setTags(s3, input, [], 'Delete', call),
  };
}

function setTags(s3: S3, input: ObjectInput, tags: readonly Tag[], kind: 'Put' | 'Delete', call: CallContext): object {
  const bucket = s3.bucket(input);
  const version = findVersion(s3, bucket, input, call.caller, 'PUT');
  bucket.objects.setTags(version, tags);
  tell(s3, bucket, version, kind, call);
  return { VersionId: versionIdOf(bucket, version) };
}

function tell(s3: S3, bucket: Bucket, version: ObjectVersion, kind: string, { caller, requestId }: CallContext): void {
  const { key, etag } = version;
  s3.notifier.tell({
    name: `ObjectTagging:${kind}`,
    bucket,
    key,
    etag,
    versionId: versionIdOf(bucket, version),
    by: { caller, requestId },
  });
}
