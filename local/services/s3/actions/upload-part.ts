import type { Action } from '../../../wire/service';
import { checksumMembers } from '../content/checksum';
import { type Received, receiveBody, type UploadInput } from '../content/receive-body';
import { invalidRequest } from '../faults';
import type { Bucket, Part, Upload } from '../model';
import { encryptionMembers } from '../object-encryption';
import type { S3 } from '../s3';
import { checkPartNumber, type UploadTarget, uploadOf } from '../upload-lookup';

interface UploadPartInput extends UploadTarget, UploadInput {
  readonly PartNumber: number;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export function uploadPart(s3: S3): Action<UploadPartInput> {
  return {
    access: (input, { caller }) => [s3.objectAccess('PutObject', 'PutObject', input, caller)],
    handle: async (input, { caller }) => {
      const bucket = s3.bucket(input);
      const upload = uploadOf(bucket, input);
      const partNumber = checkPartNumber(input.PartNumber);
      await s3.encryption.open(upload.encryption, caller);
      const ChecksumAlgorithm = input.ChecksumAlgorithm ?? upload.algorithm;
      const received = await receiveBody(s3.contents, { ...input, ChecksumAlgorithm });
      const part = await keepPart(s3, bucket, upload, partNumber, input, received);
      const { ChecksumType: _type, ...sums } = checksumMembers(part.checksum);
      return { ETag: `"${part.etag}"`, ...sums, ...encryptionMembers(upload.encryption) };
    },
  };
}

/** Makes a part of what was received; one of the same number gives way. Rejects when the upload has ended meanwhile. */
export async function keepPart(
  s3: S3,
  bucket: Bucket,
  upload: Upload,
  partNumber: number,
  target: UploadTarget,
  { blob, md5, checksum }: Received,
): Promise<Part> {
  blob.retain();
  try {
    if (uploadOf(s3.bucket(target), target) !== upload) throw invalidRequest('The upload has ended.');
    if (upload.algorithm && checksum.algorithm !== upload.algorithm) {
      throw invalidRequest(
        `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`,
      );
    }
    const part: Part = { partNumber, blob, etag: md5, checksum, modifiedAtMs: s3.now() };
    s3.store.putPart(bucket, upload, part);
    s3.lifecycle.changed(bucket);
    return part;
  } finally {
    blob.release();
  }
}
