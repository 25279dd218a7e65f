import type { CallContext } from '../../../wire/caller';
import type { Action } from '../../../wire/service';
import { matches } from '../conditions';
import { preconditionFailed } from '../faults';
import type { Bucket } from '../model';
import { checkKey } from '../object-key';
import { deleteLatest } from '../object-removal';
import { versionIdOf } from '../object-writing';
import type { ObjectInput, S3 } from '../s3';

export interface DeleteObjectInput extends ObjectInput {
  readonly IfMatch?: string;
}

/** What a deletion did: the id of the version that is gone or of the delete marker that was made. */
export interface DeleteObjectOutput {
  readonly DeleteMarker?: true;
  readonly VersionId?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export function deleteObject(s3: S3): Action<DeleteObjectInput, DeleteObjectOutput> {
  return {
    access: s3.onObject('DeleteObject', 'DeleteObjectVersion'),
    handle: (input, call) => removeObject(s3, s3.bucket(input), input, call),
  };
}

/** Throws PreconditionFailed when the object is not the one that the request means. A missing one counts as deleted. */
export function removeObject(
  s3: S3,
  bucket: Bucket,
  { Key, VersionId, IfMatch }: DeleteObjectInput,
  call: CallContext,
): DeleteObjectOutput {
  const key = checkKey(Key);
  if (IfMatch !== undefined) {
    const version = VersionId ? bucket.objects.version(key, VersionId) : bucket.objects.latest(key);
    if (!version || version.isDeleteMarker || !matches(IfMatch, version.etag)) throw preconditionFailed('If-Match');
  }
  return VersionId ? removeVersion(s3, bucket, key, VersionId, call) : removeLatest(s3, bucket, key, call);
}

function removeVersion(s3: S3, bucket: Bucket, key: string, versionId: string, call: CallContext): DeleteObjectOutput {
  const removed = bucket.objects.remove(key, versionId);
  if (removed) tell(s3, bucket, 'Delete', { key, versionId, etag: removed.etag || undefined }, call);
  return { VersionId: versionId, DeleteMarker: removed?.isDeleteMarker || undefined };
}

function removeLatest(s3: S3, bucket: Bucket, key: string, call: CallContext): DeleteObjectOutput {
  const { marker, removed } = deleteLatest(bucket, key, s3.now(), () => s3.newId());
  s3.lifecycle.changed(bucket);
  if (removed) tell(s3, bucket, 'Delete', { key }, call);
  if (!marker) return {};
  const VersionId = versionIdOf(bucket, marker);
  tell(s3, bucket, 'DeleteMarkerCreated', { key, versionId: VersionId, etag: EMPTY_ETAG }, call);
  return { DeleteMarker: true, VersionId };
}

/** The entity tag that events give a delete marker: of nothing. */
const EMPTY_ETAG = 'd41d8cd98f00b204e9800998ecf8427e';

function tell(
  s3: S3,
  bucket: Bucket,
  kind: 'Delete' | 'DeleteMarkerCreated',
  subject: { key: string; versionId?: string; etag?: string },
  { caller, requestId }: CallContext,
): void {
  s3.notifier.tell({
    ...{ name: `ObjectRemoved:${kind}`, bucket, ...subject },
    ...{ reason: 'DeleteObject', by: { caller, requestId } },
  });
}
