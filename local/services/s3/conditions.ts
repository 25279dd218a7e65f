/** Conditional requests. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html */
import { AwsError } from '../../wire/aws-error';
import { noSuchKey, notModified, preconditionFailed } from './faults';
import type { Bucket, ObjectVersion } from './model';

export interface ReadConditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly IfModifiedSince?: string | Date;
  readonly IfUnmodifiedSince?: string | Date;
}

export interface WriteConditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

type Broken = { readonly name: string; readonly isNotModified: boolean };

/** Throws PreconditionFailed (412), or NotModified (304). */
export function checkRead(version: ObjectVersion, conditions: ReadConditions): void {
  const broken = brokenCondition(version, conditions);
  if (!broken) return;
  if (!broken.isNotModified) throw preconditionFailed(broken.name);
  throw notModified({
    etag: `"${version.etag}"`,
    'last-modified': new Date(version.modifiedAtMs).toUTCString(),
  });
}

/** Of the source of a copy: whatever does not hold is PreconditionFailed. */
export function checkCopySource(version: ObjectVersion, conditions: ReadConditions): void {
  const broken = brokenCondition(version, conditions);
  if (broken) throw preconditionFailed(`x-amz-copy-source-${broken.name}`);
}

function brokenCondition(version: ObjectVersion, conditions: ReadConditions): Broken | undefined {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, version.etag)) return { name: 'If-Match', isNotModified: false };
  } else if (isBefore(IfUnmodifiedSince, version.modifiedAtMs)) {
    return { name: 'If-Unmodified-Since', isNotModified: false };
  }
  if (IfNoneMatch !== undefined) {
    return matches(IfNoneMatch, version.etag) ? { name: 'If-None-Match', isNotModified: true } : undefined;
  }
  const sinceMs = timeOf(IfModifiedSince);
  if (sinceMs !== undefined && version.modifiedAtMs <= sinceMs)
    return { name: 'If-Modified-Since', isNotModified: true };
  return undefined;
}

/** Throws PreconditionFailed (412) or NoSuchKey when the key's current object is not as the request wants it. */
export function checkWrite(bucket: Bucket, key: string, { IfMatch, IfNoneMatch }: WriteConditions): void {
  const latest = bucket.objects.latest(key);
  const current = latest?.isDeleteMarker ? undefined : latest;
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== '*') throw unsupportedHeader('If-None-Match');
    if (current) throw preconditionFailed('If-None-Match');
  }
  if (IfMatch === undefined) return;
  if (!current) throw noSuchKey(key);
  if (!matches(IfMatch, current.etag)) throw preconditionFailed('If-Match');
}

/** Whether a list of entity tags, quoted or not, has this one. */
export function matches(list: string, etag: string): boolean {
  return list.split(',').some((item) => {
    const tag = item.trim().replace(/^"|"$/g, '');
    return tag === '*' || tag === etag;
  });
}

function isBefore(time: string | Date | undefined, modifiedAtMs: number): boolean {
  const ms = timeOf(time);
  return ms !== undefined && ms < modifiedAtMs;
}

/** A time that cannot be read does not count, as HTTP has it. */
function timeOf(time: string | Date | undefined): number | undefined {
  const ms = time === undefined ? Number.NaN : new Date(time).getTime();
  return Number.isNaN(ms) ? undefined : ms;
}

function unsupportedHeader(Header: string): AwsError {
  const message = 'A header you provided implies functionality that is not implemented';
  return new AwsError('NotImplemented', message, 501, { Header });
}
