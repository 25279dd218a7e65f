import type { Action } from '../../../wire/service';
import { readRange } from '../byte-range';
import { checksumMembers } from '../content/checksum';
import { receiveBody } from '../content/receive-body';
import { type CopySourceInput, copySourceAccess, openCopySource } from '../copy-source';
import { invalidArgument } from '../faults';
import { encryptionMembers } from '../object-encryption';
import { versionIdOf } from '../object-writing';
import type { S3 } from '../s3';
import { checkPartNumber, type UploadTarget, uploadOf } from '../upload-lookup';
import { keepPart } from './upload-part';

interface UploadPartCopyInput extends UploadTarget, CopySourceInput {
  readonly PartNumber: number;
  readonly CopySourceRange?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export function uploadPartCopy(s3: S3): Action<UploadPartCopyInput> {
  return {
    access: (input, { caller }) => [
      copySourceAccess(s3, input, caller),
      s3.objectAccess('PutObject', 'PutObject', input, caller),
    ],
    handle: async (input, call) => {
      const bucket = s3.bucket(input);
      const upload = uploadOf(bucket, input);
      const partNumber = checkPartNumber(input.PartNumber);
      const source = await openCopySource(s3, input, call);
      const { blob } = source.version;
      const range = rangeOf(input.CopySourceRange, blob.sizeBytes);
      const received = await receiveBody(s3.contents, {
        Body: blob.read(range.start, range.end),
        ChecksumAlgorithm: upload.algorithm,
      });
      const part = await keepPart(s3, bucket, upload, partNumber, input, received);
      const { ChecksumType: _type, ...sums } = checksumMembers(part.checksum);
      return {
        CopyPartResult: { ETag: `"${part.etag}"`, LastModified: new Date(part.modifiedAtMs), ...sums },
        CopySourceVersionId: versionIdOf(source.bucket, source.version),
        ...encryptionMembers(upload.encryption),
      };
    },
  };
}

/** `bytes=first-last`, both within the source. */
function rangeOf(header: string | undefined, sizeBytes: number): { start: number; end: number } {
  if (header === undefined) return { start: 0, end: sizeBytes };
  const last = Number(/^bytes=\d+-(\d+)$/.exec(header)?.[1]);
  if (!(last < sizeBytes)) {
    const message = Number.isNaN(last)
      ? 'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy'
      : `Range specified is not valid for source object of size: ${sizeBytes}`;
    throw invalidArgument(message, 'x-amz-copy-source-range', header);
  }
  return readRange(header, sizeBytes) ?? { start: 0, end: sizeBytes };
}
