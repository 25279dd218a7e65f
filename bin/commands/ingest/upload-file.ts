import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** Where a file goes. */
export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
  readonly contentType: string;
}

/** A version of an object, as it was sent. */
export interface Uploaded {
  readonly versionId: string;
  /** SHA-256 in base64url of the bytes that were sent. */
  readonly contentHash: string;
  readonly sizeBytes: number;
}

/** A larger file goes up in parts of this size, of which one is in memory. */
const PART_BYTES = 16 * 1024 * 1024;

/** Sends a file to a bucket that keeps versions. What was begun and could not be completed is aborted. */
export async function uploadFile(s3: S3Client, upload: Upload): Promise<Uploaded> {
  const handle = await open(upload.file);
  try {
    const first = await readPart(handle, 0);
    const isWhole = first.length < PART_BYTES;
    return isWhole ? await uploadWhole(s3, upload, first) : await uploadInParts(s3, upload, handle, first);
  } finally {
    await handle.close();
  }
}

async function uploadWhole(s3: S3Client, { bucket, key, contentType }: Upload, bytes: Buffer): Promise<Uploaded> {
  const { VersionId } = await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: contentType }),
  );
  const contentHash = createHash('sha256').update(bytes).digest('base64url');
  return { versionId: existing(VersionId, bucket), contentHash, sizeBytes: bytes.length };
}

async function uploadInParts(s3: S3Client, upload: Upload, handle: FileHandle, first: Buffer): Promise<Uploaded> {
  const object = { Bucket: upload.bucket, Key: upload.key };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...object, ContentType: upload.contentType }));
  try {
    const hash = createHash('sha256');
    const Parts: { ETag: string | undefined; PartNumber: number; ChecksumCRC32: string | undefined }[] = [];
    let sizeBytes = 0;
    for (let part = first; part.length > 0; part = await readPart(handle, sizeBytes)) {
      const PartNumber = Parts.length + 1;
      const answer = await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body: part }));
      Parts.push({ ETag: answer.ETag, PartNumber, ChecksumCRC32: answer.ChecksumCRC32 });
      hash.update(part);
      sizeBytes += part.length;
    }
    const { VersionId } = await s3.send(
      new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }),
    );
    return { versionId: existing(VersionId, upload.bucket), contentHash: hash.digest('base64url'), sizeBytes };
  } catch (error) {
    // The first failure is the one to tell; the bucket's own rule removes uploads that nobody could abort.
    await s3.send(new AbortMultipartUploadCommand({ ...object, UploadId })).catch(() => undefined);
    throw error;
  }
}

/** The bytes from a position on, as many as make a part: fewer only at the end of the file. */
async function readPart(handle: FileHandle, position: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.min(PART_BYTES, Math.max(1, (await handle.stat()).size - position)));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function existing(versionId: string | undefined, bucket: string): string {
  if (versionId) return versionId;
  throw new Error(`The bucket ${bucket} keeps no versions of its objects: deploy the ingestion stack again.`);
}
