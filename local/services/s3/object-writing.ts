/** What is common to all ways of making an object: its attributes, its place among the versions, the event, the answer. */
import { AwsError } from '../../wire/aws-error';
import type { CallContext } from '../../wire/caller';
import { type AclInput, checkAcl } from './acl';
import { checkWrite, type WriteConditions } from './conditions';
import type { Blob } from './content/blob';
import { type Checksum, checksumMembers } from './content/checksum';
import { noSuchBucket, notImplemented } from './faults';
import { expirationOf } from './lifecycle/rule-match';
import type { Bucket, ContentHeaders, ObjectAttributes, ObjectVersion, PartSummary } from './model';
import { type EncryptionInput, encryptionMembers } from './object-encryption';
import { readMetadata } from './object-key';
import type { S3 } from './s3';
import { readTaggingHeader } from './tags';

const STORAGE_CLASSES = new Set([
  ...['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING'],
  ...['GLACIER', 'GLACIER_IR', 'DEEP_ARCHIVE'],
]);

/** Members of requests that make an object or begin an upload. */
export interface AttributesInput extends EncryptionInput, AclInput {
  readonly Key: string;
  readonly ContentType?: string;
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  readonly Expires?: string | Date;
  readonly WebsiteRedirectLocation?: string;
  readonly Metadata?: Readonly<Record<string, string>>;
  readonly StorageClass?: string;
  readonly Tagging?: string;
  readonly ObjectLockMode?: string;
  readonly ObjectLockLegalHoldStatus?: string;
  readonly WriteOffsetBytes?: number;
}

/** The attributes that a request gives a new object. Rejects with what is wrong with them, and with what KMS refuses. */
export async function newAttributes(
  s3: S3,
  bucket: Bucket,
  input: AttributesInput,
  { caller }: CallContext,
): Promise<ObjectAttributes> {
  checkAcl(bucket, input);
  if (input.ObjectLockMode ?? input.ObjectLockLegalHoldStatus) throw notImplemented('Object Lock is not emulated.');
  if (input.WriteOffsetBytes !== undefined) throw notImplemented('Appending is not emulated.');
  const { StorageClass: storageClass = 'STANDARD' } = input;
  checkStorageClass(storageClass);
  return {
    headers: contentHeaders(input),
    metadata: readMetadata(input.Metadata),
    storageClass,
    tags: readTaggingHeader(input.Tagging),
    encryption: await s3.encryption.forNewObject(bucket, input.Key, input, caller),
  };
}

export function checkStorageClass(storageClass: string): void {
  if (STORAGE_CLASSES.has(storageClass)) return;
  throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', 400, {
    StorageClassRequested: storageClass,
  });
}

/** The headers that are kept with an object. */
export function contentHeaders(input: AttributesInput): ContentHeaders {
  const { ContentType = 'binary/octet-stream', CacheControl, ContentDisposition, ContentEncoding } = input;
  const { ContentLanguage, Expires, WebsiteRedirectLocation } = input;
  const expires = Expires instanceof Date ? Expires.toUTCString() : Expires;
  return {
    ...{ ContentType, CacheControl, ContentDisposition, ContentEncoding, ContentLanguage },
    ...{ Expires: expires, WebsiteRedirectLocation },
  };
}

/** An object that is about to be made. */
export interface NewObject extends ObjectAttributes {
  readonly key: string;
  readonly blob: Blob;
  /** Of the bytes, or of the parts. */
  readonly etag: string;
  readonly checksum?: Checksum;
  readonly parts?: readonly PartSummary[];
}

/** How it came to be: the end of the event's name, and the API action. */
export interface Origin {
  readonly event: 'Put' | 'Copy' | 'CompleteMultipartUpload';
  readonly reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';
}

/** Makes the object the latest of its key, if the request's conditions still hold, and tells of it. */
export function putVersion(
  s3: S3,
  bucket: Bucket,
  object: NewObject,
  conditions: WriteConditions,
  origin: Origin,
  { caller, requestId }: CallContext,
): ObjectVersion {
  // The bytes took their time: the bucket and the key may not be as they were.
  if (s3.store.bucket(bucket.name) !== bucket) throw noSuchBucket(bucket.name);
  checkWrite(bucket, object.key, conditions);
  const { versioning } = bucket.settings;
  const version: ObjectVersion = {
    ...object,
    versionId: versioning === 'Enabled' ? s3.newId() : 'null',
    modifiedAtMs: s3.now(),
    isDeleteMarker: false,
    // Of what a KMS key encrypts the entity tag is not the MD5.
    etag:
      object.encryption.algorithm === 'aws:kms'
        ? s3.host.kernel.random.bytes(16).toString('hex') + suffix(object.etag)
        : object.etag,
  };
  bucket.objects.put(version);
  s3.lifecycle.changed(bucket);
  s3.notifier.tell({
    name: `ObjectCreated:${origin.event}`,
    bucket,
    key: version.key,
    sizeBytes: version.blob.sizeBytes,
    etag: version.etag,
    versionId: versionIdOf(bucket, version),
    reason: origin.reason,
    by: { caller, requestId },
  });
  return version;
}

function suffix(etag: string): string {
  const dash = etag.indexOf('-');
  return dash < 0 ? '' : etag.slice(dash);
}

/** The version's id as answers have it: none while a bucket has never had versioning. */
export function versionIdOf({ settings }: Bucket, version: ObjectVersion): string | undefined {
  return settings.versioning && version.versionId;
}

/** What answers to writes say of the object. */
export function writtenMembers(bucket: Bucket, version: ObjectVersion): Record<string, unknown> {
  return {
    ETag: `"${version.etag}"`,
    ...checksumMembers(version.checksum),
    ...encryptionMembers(version.encryption),
    VersionId: versionIdOf(bucket, version),
    Expiration: expirationMember(bucket, version),
  };
}

/** When a lifecycle rule will take the object: `expiry-date="…", rule-id="…"`. */
export function expirationMember({ settings, objects }: Bucket, version: ObjectVersion): string | undefined {
  if (objects.latest(version.key) !== version) return undefined;
  const expiration = expirationOf(settings.lifecycle, version);
  if (!expiration) return undefined;
  return `expiry-date="${new Date(expiration.atMs).toUTCString()}", rule-id="${expiration.ruleId}"`;
}
