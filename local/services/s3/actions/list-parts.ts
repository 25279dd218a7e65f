import type { Action } from '../../../wire/service';
import { checksumMembers } from '../content/checksum';
import { readLimit } from '../listing';
import type { S3 } from '../s3';
import { type UploadTarget, uploadOf } from '../upload-lookup';
import { abortMembers } from './create-multipart-upload';

interface ListPartsInput extends UploadTarget {
  readonly MaxParts?: number;
  readonly PartNumberMarker?: number | string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export function listParts(s3: S3): Action<ListPartsInput> {
  return {
    access: (input, { caller }) => [
      s3.objectAccess('ListMultipartUploadParts', 'ListMultipartUploadParts', input, caller),
    ],
    handle: (input) => {
      const bucket = s3.bucket(input);
      const upload = uploadOf(bucket, input);
      const after = Number(input.PartNumberMarker ?? 0);
      const limit = readLimit('max-parts', input.MaxParts);
      const rest = [...upload.parts.values()]
        .filter(({ partNumber }) => partNumber > after)
        .sort((a, b) => a.partNumber - b.partNumber);
      const page = rest.slice(0, limit);
      return {
        Bucket: bucket.name,
        Key: upload.key,
        UploadId: upload.id,
        Initiator: { ID: upload.initiator },
        Owner: { ID: s3.ownerId },
        StorageClass: upload.storageClass,
        PartNumberMarker: String(after),
        NextPartNumberMarker: String(page[page.length - 1]?.partNumber ?? 0),
        MaxParts: limit,
        IsTruncated: page.length < rest.length,
        ChecksumAlgorithm: upload.algorithm,
        ChecksumType: upload.checksumType,
        Parts: page.map(({ partNumber, modifiedAtMs, etag, blob, checksum }) => {
          const { ChecksumType: _type, ...sums } = upload.algorithm ? checksumMembers(checksum) : {};
          return {
            ...{ PartNumber: partNumber, LastModified: new Date(modifiedAtMs) },
            ...{ ETag: `"${etag}"`, Size: blob.sizeBytes, ...sums },
          };
        }),
        ...abortMembers(bucket, upload),
      };
    },
  };
}
