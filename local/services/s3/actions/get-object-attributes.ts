import type { Action } from '../../../wire/service';
import { checksumMembers } from '../content/checksum';
import { invalidArgument } from '../faults';
import type { ObjectVersion } from '../model';
import { findVersion } from '../object-reading';
import { versionIdOf } from '../object-writing';
import type { ObjectInput, S3 } from '../s3';

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
const LIMIT_PARTS = 1000;

interface GetObjectAttributesInput extends ObjectInput {
  readonly ObjectAttributes?: readonly string[];
  readonly MaxParts?: number;
  readonly PartNumberMarker?: number | string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export function getObjectAttributes(s3: S3): Action<GetObjectAttributesInput> {
  return {
    access: (input, { caller }) => [
      s3.objectAccess('GetObject', 'GetObjectVersion', input, caller),
      s3.objectAccess('GetObjectAttributes', 'GetObjectVersionAttributes', input, caller),
    ],
    handle: async (input, { caller }) => {
      const wanted = input.ObjectAttributes ?? [];
      const unknown = wanted.find((name) => !ATTRIBUTES.includes(name));
      if (wanted.length === 0 || unknown !== undefined) {
        throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', unknown);
      }
      const bucket = s3.bucket(input);
      const version = findVersion(s3, bucket, input, caller);
      await s3.encryption.open(version.encryption, caller);
      const all: Record<string, unknown> = {
        ETag: version.etag,
        Checksum: checksumMembers(version.checksum),
        ObjectParts: version.parts && partsOf(version, input),
        StorageClass: version.storageClass,
        ObjectSize: version.blob.sizeBytes,
      };
      return {
        LastModified: new Date(version.modifiedAtMs),
        VersionId: versionIdOf(bucket, version),
        ...Object.fromEntries(wanted.map((name) => [name, all[name]])),
      };
    },
  };
}

/** The parts one by one are told only of uploads with checksums of the parts. */
function partsOf({ parts = [], checksum }: ObjectVersion, input: GetObjectAttributesInput): object {
  if (checksum?.type !== 'COMPOSITE') return { TotalPartsCount: parts.length };
  const after = Number(input.PartNumberMarker ?? 0);
  const limit = Math.min(input.MaxParts ?? LIMIT_PARTS, LIMIT_PARTS);
  const rest = parts.filter(({ partNumber }) => partNumber > after);
  const page = rest.slice(0, limit);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(page[page.length - 1]?.partNumber ?? 0),
    MaxParts: limit,
    IsTruncated: page.length < rest.length,
    Parts: page.map((part) => {
      const { ChecksumType: _type, ...sums } = checksumMembers(part.checksum);
      return { PartNumber: part.partNumber, Size: part.sizeBytes, ...sums };
    }),
  };
}
