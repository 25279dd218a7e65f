/** What is common to all ways of reading an object. */
import { AwsError } from '../../wire/aws-error';
import type { CallContext, Caller } from '../../wire/caller';
import { type ByteRange, contentRange, readRange } from './byte-range';
import { checkRead, type ReadConditions } from './conditions';
import { checksumMembers } from './content/checksum';
import { invalidArgument, invalidPartNumber, methodNotAllowed, noSuchKey, noSuchVersion } from './faults';
import type { Bucket, ObjectVersion } from './model';
import { encryptionMembers } from './object-encryption';
import { expirationMember, versionIdOf } from './object-writing';
import type { ObjectInput, S3 } from './s3';

export interface ReadInput extends ObjectInput, ReadConditions {
  readonly Range?: string;
  readonly PartNumber?: number;
  readonly ChecksumMode?: string;
}

/** An object that has been found, and what is asked of it. */
export interface Reading {
  readonly bucket: Bucket;
  readonly version: ObjectVersion;
  readonly range: ByteRange;
  /** What GetObject and HeadObject both answer. */
  readonly members: Record<string, unknown>;
}

/** Throws NoSuchKey, NoSuchVersion, MethodNotAllowed; AccessDenied when the key is missing and the caller may not list. */
export function findVersion(s3: S3, bucket: Bucket, input: ObjectInput, caller: Caller, method = 'GET'): ObjectVersion {
  const { Key, VersionId } = input;
  if (VersionId) return findById(bucket, Key, VersionId, method);
  const latest = bucket.objects.latest(Key);
  if (latest && !latest.isDeleteMarker) return latest;
  s3.checkMayList(bucket, caller);
  const fault = noSuchKey(Key);
  throw latest ? withHeaders(fault, markerHeaders(latest)) : fault;
}

function findById(bucket: Bucket, key: string, versionId: string, method: string): ObjectVersion {
  const version = bucket.objects.version(key, versionId);
  if (version && !version.isDeleteMarker) return version;
  if (version) throw methodNotAllowed(method, 'DeleteMarker', { ...markerHeaders(version), allow: 'DELETE' });
  if (versionId !== 'null' && !/^[\w.]{32}$/.test(versionId)) {
    throw invalidArgument('Invalid version id specified', 'versionId', versionId);
  }
  throw noSuchVersion(key, versionId);
}

function markerHeaders({ versionId }: ObjectVersion): Record<string, string> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId };
}

function withHeaders(error: AwsError, headers: Record<string, string>): AwsError {
  return new AwsError(error.code, error.message, error.statusCode, { ...error.details, headers });
}

/** Finds the object, checks the request's conditions and its range, and asks KMS where the object is encrypted with a key. */
export async function readObject(s3: S3, input: ReadInput, { caller }: CallContext, method: string): Promise<Reading> {
  const bucket = s3.bucket(input);
  const version = findVersion(s3, bucket, input, caller, method);
  checkRead(version, input);
  const { sizeBytes } = version.blob;
  const partRange = input.PartNumber === undefined ? undefined : rangeOfPart(version, input.PartNumber);
  const asked = partRange ?? readRange(input.Range, sizeBytes);
  await s3.encryption.open(version.encryption, caller);
  const range = asked ?? { start: 0, end: sizeBytes };
  return { bucket, version, range, members: readMembers(bucket, version, input, range, asked !== undefined) };
}

function readMembers(
  bucket: Bucket,
  version: ObjectVersion,
  input: ReadInput,
  range: ByteRange,
  isPartial: boolean,
): Record<string, unknown> {
  const { sizeBytes } = version.blob;
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(version.modifiedAtMs),
    ContentLength: range.end - range.start,
    ...(isPartial && sizeBytes > 0 && { ContentRange: contentRange(range, sizeBytes) }),
    ETag: `"${version.etag}"`,
    ...version.headers,
    Metadata: version.metadata,
    ...encryptionMembers(version.encryption),
    VersionId: versionIdOf(bucket, version),
    Expiration: expirationMember(bucket, version),
    StorageClass: version.storageClass === 'STANDARD' ? undefined : version.storageClass,
    TagCount: version.tags.length || undefined,
    PartsCount: input.PartNumber === undefined ? undefined : version.parts?.length,
    ...(String(input.ChecksumMode).toUpperCase() === 'ENABLED' && checksumOf(version, input, isPartial)),
  };
}

function checksumOf(version: ObjectVersion, { PartNumber }: ReadInput, isPartial: boolean): Record<string, string> {
  if (PartNumber !== undefined && version.parts) {
    return checksumMembers(version.parts[PartNumber - 1]?.checksum);
  }
  return isPartial && PartNumber === undefined ? {} : checksumMembers(version.checksum);
}

function rangeOfPart({ blob, parts }: ObjectVersion, partNumber: number): ByteRange {
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > 10_000) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', partNumber);
  }
  const sizes = parts?.map(({ sizeBytes }) => sizeBytes) ?? [blob.sizeBytes];
  const size = sizes[partNumber - 1];
  if (size === undefined) throw invalidPartNumber(partNumber, sizes.length);
  const start = sizes.slice(0, partNumber - 1).reduce((sum, bytes) => sum + bytes, 0);
  return { start, end: start + size };
}
