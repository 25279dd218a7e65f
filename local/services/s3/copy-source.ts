import type { CallContext, Caller } from '../../wire/caller';
import type { Access } from '../../wire/service';
import { checkCopySource } from './conditions';
import { invalidArgument } from './faults';
import type { Bucket, ObjectVersion } from './model';
import { findVersion } from './object-reading';
import type { ObjectInput, S3 } from './s3';

export interface CopySourceInput {
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string;
  readonly CopySourceIfNoneMatch?: string;
  readonly CopySourceIfModifiedSince?: string | Date;
  readonly CopySourceIfUnmodifiedSince?: string | Date;
}

/** What `x-amz-copy-source` names: `bucket/key`, percent-encoded, with `?versionId=` when one is meant. */
export function readCopySource({ CopySource }: CopySourceInput): ObjectInput {
  const mark = String(CopySource).indexOf('?versionId=');
  const path = mark < 0 ? String(CopySource) : CopySource.slice(0, mark);
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decode(path));
  if (!match) {
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', CopySource);
  }
  const VersionId = mark < 0 ? undefined : CopySource.slice(mark + '?versionId='.length);
  return { Bucket: match[1]!, Key: match[2]!, VersionId };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidArgument('Invalid copy source encoding.', 'x-amz-copy-source', text);
  }
}

/** The right to read the source. */
export function copySourceAccess(s3: S3, input: CopySourceInput, caller: Caller): Access {
  return s3.objectAccess('GetObject', 'GetObjectVersion', readCopySource(input), caller);
}

/** The source, its conditions checked and its key opened. */
export async function openCopySource(
  s3: S3,
  input: CopySourceInput,
  { caller }: CallContext,
): Promise<{ readonly bucket: Bucket; readonly version: ObjectVersion }> {
  const source = readCopySource(input);
  const bucket = s3.bucket(source);
  const version = findVersion(s3, bucket, source, caller, 'PUT');
  checkCopySource(version, {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
  await s3.encryption.open(version.encryption, caller);
  return { bucket, version };
}
