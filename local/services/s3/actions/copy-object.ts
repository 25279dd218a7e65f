import { createHash } from 'node:crypto';
import type { CallContext } from '../../../wire/caller';
import type { Action } from '../../../wire/service';
import { checkWrite, type WriteConditions } from '../conditions';
import {
  type Algorithm,
  type Checksum,
  checksumMembers,
  DEFAULT_ALGORITHM,
  newDigest,
  readAlgorithm,
} from '../content/checksum';
import { type CopySourceInput, copySourceAccess, openCopySource } from '../copy-source';
import { invalidArgument, invalidRequest } from '../faults';
import type { Bucket, ObjectAttributes, ObjectVersion } from '../model';
import { checkKey } from '../object-key';
import { type AttributesInput, newAttributes, putVersion, versionIdOf, writtenMembers } from '../object-writing';
import type { ObjectInput, S3 } from '../s3';
import { putAccess } from './put-object';

const LIMIT_BYTES = 5 * 1024 ** 3;

interface CopyObjectInput extends ObjectInput, AttributesInput, WriteConditions, CopySourceInput {
  readonly MetadataDirective?: string;
  readonly TaggingDirective?: string;
  readonly ChecksumAlgorithm?: string;
}

/** The bytes are shared, not copied. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export function copyObject(s3: S3): Action<CopyObjectInput> {
  return {
    access: (input, { caller }) => [
      copySourceAccess(s3, input, caller),
      ...putAccess(s3, { ...input, IfMatch: undefined }, caller),
    ],
    handle: async (input, call) => {
      const bucket = s3.bucket(input);
      const key = checkKey(input.Key);
      const source = await openCopySource(s3, input, call);
      checkOntoItself(source.version, source.bucket, bucket, input);
      checkWrite(bucket, key, input);
      const { blob } = source.version;
      if (blob.sizeBytes > LIMIT_BYTES) {
        throw invalidRequest(
          `The specified copy source is larger than the maximum allowable size for a copy source: ${LIMIT_BYTES}`,
        );
      }
      blob.retain();
      try {
        const attributes = await attributesOfCopy(s3, bucket, source.version, input, call);
        const { md5, checksum } = await digestsOf(source.version, readAlgorithm(input.ChecksumAlgorithm));
        const object = { ...attributes, key, blob, etag: md5, checksum };
        const version = putVersion(s3, bucket, object, input, { event: 'Copy', reason: 'CopyObject' }, call);
        const { ETag, ChecksumType: _type, ...members } = writtenMembers(bucket, version);
        return {
          ...members,
          CopyObjectResult: { ETag, LastModified: new Date(version.modifiedAtMs), ...checksumMembers(checksum) },
          CopySourceVersionId: versionIdOf(source.bucket, source.version),
        };
      } finally {
        blob.release();
      }
    },
  };
}

function checkOntoItself(source: ObjectVersion, from: Bucket, to: Bucket, input: CopyObjectInput): void {
  if (from !== to || source.key !== input.Key || to.objects.latest(source.key) !== source) return;
  const changes = [
    input.MetadataDirective === 'REPLACE',
    input.StorageClass,
    input.ServerSideEncryption,
    input.WebsiteRedirectLocation,
    input.ChecksumAlgorithm,
  ];
  if (changes.some(Boolean)) return;
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}

/** What the directives leave is the source's; storage class and encryption are never. */
async function attributesOfCopy(
  s3: S3,
  bucket: Bucket,
  source: ObjectVersion,
  input: CopyObjectInput,
  call: CallContext,
): Promise<ObjectAttributes> {
  const { MetadataDirective = 'COPY', TaggingDirective = 'COPY' } = input;
  for (const directive of [MetadataDirective, TaggingDirective]) {
    if (directive !== 'COPY' && directive !== 'REPLACE') {
      throw invalidArgument('Unknown metadata directive.', 'x-amz-metadata-directive', directive);
    }
  }
  const own = await newAttributes(s3, bucket, input, call);
  const { WebsiteRedirectLocation } = own.headers;
  return {
    ...own,
    ...(MetadataDirective === 'COPY' && {
      metadata: source.metadata,
      headers: { ...source.headers, WebsiteRedirectLocation },
    }),
    ...(TaggingDirective === 'COPY' && { tags: source.tags }),
  };
}

/** A copy is an object of one part: what is of the parts of its source alone is computed anew. */
async function digestsOf(
  source: ObjectVersion,
  wanted: Algorithm | undefined,
): Promise<{ md5: string; checksum: Checksum }> {
  const known = source.checksum;
  const algorithm = wanted ?? known?.algorithm ?? DEFAULT_ALGORITHM;
  const hasMd5 = !source.parts && source.encryption.algorithm === 'AES256';
  if (hasMd5 && known?.algorithm === algorithm && known.type === 'FULL_OBJECT') {
    return { md5: source.etag, checksum: known };
  }
  const md5 = createHash('md5');
  const digest = newDigest(algorithm);
  for await (const chunk of source.blob.read(0, source.blob.sizeBytes)) {
    md5.update(chunk);
    digest.update(chunk);
  }
  const value = digest.digest().toString('base64');
  return { md5: md5.digest('hex'), checksum: { algorithm, value, type: 'FULL_OBJECT' } };
}
