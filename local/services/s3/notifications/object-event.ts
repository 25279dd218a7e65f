import type { Caller } from '../../../wire/caller';
import type { Bucket } from '../model';

/** Something that happened to an object. */
export interface ObjectEvent {
  /** As notifications to queues and functions name it, without `s3:`. */
  readonly name: string;
  readonly bucket: Bucket;
  readonly key: string;
  readonly sizeBytes?: number;
  readonly etag?: string;
  /** Of a bucket with versioning. */
  readonly versionId?: string;
  /** The API action, or what S3 did by itself (`Lifecycle Expiration`). */
  readonly reason?: string;
  /** Absent for what S3 did by itself. */
  readonly by?: { readonly caller: Caller; readonly requestId: string };
}

/** As EventBridge names each event, and what kind of deletion it is. */
export const EVENT_NAMES: Readonly<Record<string, { readonly detailType: string; readonly deletionType?: string }>> = {
  'ObjectCreated:Put': { detailType: 'Object Created' },
  'ObjectCreated:Copy': { detailType: 'Object Created' },
  'ObjectCreated:CompleteMultipartUpload': { detailType: 'Object Created' },
  'ObjectRemoved:Delete': { detailType: 'Object Deleted', deletionType: 'Permanently Deleted' },
  'ObjectRemoved:DeleteMarkerCreated': { detailType: 'Object Deleted', deletionType: 'Delete Marker Created' },
  'LifecycleExpiration:Delete': { detailType: 'Object Deleted', deletionType: 'Permanently Deleted' },
  'LifecycleExpiration:DeleteMarkerCreated': { detailType: 'Object Deleted', deletionType: 'Delete Marker Created' },
  'ObjectTagging:Put': { detailType: 'Object Tags Added' },
  'ObjectTagging:Delete': { detailType: 'Object Tags Deleted' },
};
