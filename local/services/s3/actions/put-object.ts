import type { CallContext } from '../../../wire/caller';
import type { Access, Action } from '../../../wire/service';
import { checkWrite, type WriteConditions } from '../conditions';
import { receiveBody, type UploadInput } from '../content/receive-body';
import { checkKey } from '../object-key';
import { type AttributesInput, newAttributes, putVersion, writtenMembers } from '../object-writing';
import type { ObjectInput, S3 } from '../s3';
import { writeContext } from '../write-context';

interface PutObjectInput extends ObjectInput, AttributesInput, UploadInput, WriteConditions {}

/**
 * `Body`: bytes, text, or a stream of Buffers, which is read piece by piece.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function putObject(s3: S3): Action<PutObjectInput> {
  return {
    access: (input, { caller }) => putAccess(s3, input, caller),
    handle: async (input, call) => {
      const bucket = s3.bucket(input);
      const key = checkKey(input.Key);
      checkWrite(bucket, key, input);
      const attributes = await newAttributes(s3, bucket, input, call);
      const { blob, md5, checksum } = await receiveBody(s3.contents, input);
      blob.retain();
      try {
        const object = { ...attributes, key, blob, etag: md5, checksum };
        const version = putVersion(s3, bucket, object, input, { event: 'Put', reason: 'PutObject' }, call);
        return writtenMembers(bucket, version);
      } finally {
        blob.release();
      }
    },
  };
}

/** The right to make an object, with its tags, and to compare it with what is there. */
export function putAccess(
  s3: S3,
  input: ObjectInput & AttributesInput & WriteConditions,
  caller: CallContext['caller'],
): Access[] {
  const target = { ...input, VersionId: undefined };
  const access = [s3.objectAccess('PutObject', 'PutObject', target, caller, writeContext(input))];
  if (input.Tagging)
    access.push(s3.objectAccess('PutObjectTagging', 'PutObjectTagging', target, caller, writeContext(input)));
  if (input.IfMatch !== undefined) access.push(s3.objectAccess('GetObject', 'GetObject', target, caller));
  return access;
}
