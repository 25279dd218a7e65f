import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { invalidParameter } from './faults';
import { fromS3, fromZip, type MeasuredCode } from './function-code';

/** Code as CreateFunction and UpdateFunctionCode take it. */
export interface UploadedCode {
  /** Base64 of a ZIP file. */
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  readonly ImageUri?: string;
}

/** Reads what was uploaded, an object of S3 as the caller. Throws InvalidParameterValueException when there is no code, or an image. */
export function readCode(
  host: Host,
  caller: Caller,
  { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri }: UploadedCode,
  packageType = 'Zip',
): Promise<MeasuredCode> | MeasuredCode {
  if (packageType !== 'Zip' || ImageUri !== undefined) {
    throw invalidParameter('The embedded AWS runs functions of package type Zip only, no container images.');
  }
  if (ZipFile !== undefined && (S3Bucket !== undefined || S3Key !== undefined)) {
    throw invalidParameter('Please do not provide other FunctionCode parameters when providing a ZipFile.');
  }
  if (ZipFile !== undefined) return fromZip(Buffer.from(ZipFile, 'base64'));
  if (!S3Bucket || !S3Key) throw invalidParameter('Please provide a source for function code.');
  return fromS3(host, caller, { S3Bucket, S3Key, S3ObjectVersion });
}
