import type { Bucket, ObjectVersion } from './model';

/** A current object as listings have it. */
export function keyEntry({ objects }: Bucket, key: string, encode: (key: string) => string): object {
  return versionEntry(objects.latest(key)!, encode);
}

export function versionEntry(version: ObjectVersion, encode: (key: string) => string): object {
  const { key, modifiedAtMs, etag, blob, storageClass, checksum } = version;
  return {
    Key: encode(key),
    LastModified: new Date(modifiedAtMs),
    ETag: `"${etag}"`,
    ...(checksum && { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: blob.sizeBytes,
    StorageClass: storageClass,
  };
}
