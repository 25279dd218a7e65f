import { invalidArgument, noSuchUpload } from './faults';
import type { Bucket, Upload } from './model';
import type { ObjectInput } from './s3';

export interface UploadTarget extends ObjectInput {
  readonly UploadId: string;
}

/** Throws NoSuchUpload. */
export function uploadOf(bucket: Bucket, { Key, UploadId }: UploadTarget): Upload {
  const upload = bucket.uploads.get(UploadId);
  if (!upload || upload.key !== Key) throw noSuchUpload(UploadId);
  return upload;
}

/** Throws InvalidArgument for a number that is not from 1 to 10,000. */
export function checkPartNumber(partNumber: unknown): number {
  const number = Number(partNumber);
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', partNumber);
  }
  return number;
}
