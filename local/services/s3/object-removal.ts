/** How versioning decides on deletions. https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html */
import { MemoryBlob } from './content/blob';
import type { Bucket, ObjectVersion } from './model';

const NOTHING = new MemoryBlob(Buffer.alloc(0));

/** What a deletion without a version id did: a marker was made, or the object is gone. */
export interface Deletion {
  readonly marker?: ObjectVersion;
  readonly removed?: ObjectVersion;
}

/** Deletes a key as the bucket's versioning has it. */
export function deleteLatest(bucket: Bucket, key: string, nowMs: number, newId: () => string): Deletion {
  const { versioning } = bucket.settings;
  if (!versioning) return { removed: bucket.objects.remove(key, 'null') };
  const marker = deleteMarker(key, versioning === 'Enabled' ? newId() : 'null', nowMs);
  bucket.objects.put(marker);
  return { marker };
}

function deleteMarker(key: string, versionId: string, modifiedAtMs: number): ObjectVersion {
  return {
    key,
    versionId,
    modifiedAtMs,
    isDeleteMarker: true,
    blob: NOTHING,
    etag: '',
    headers: {},
    metadata: {},
    storageClass: 'STANDARD',
    encryption: { algorithm: 'AES256' },
    tags: [],
  };
}
