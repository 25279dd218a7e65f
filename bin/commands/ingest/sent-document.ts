import { atOnce } from '../at-once';
import { documentKeyOf, type IngestionStack, type ObjectVersion } from './ingestion-stack';
import type { LocalFile } from './local-files';
import { uploadFile } from './upload-file';

/** A document whose file is in the bucket. */
export interface SentDocument {
  readonly tenant: string;
  readonly path: string;
  readonly documentKey: string;
  readonly source: ObjectVersion;
  readonly sizeBytes: number;
  /** SHA-256 in base64url. */
  readonly contentHash: string;
}

/** Whose documents they are, and where in the bucket they go: keys are `<prefix><tenant>/<path>`. */
export interface Destination {
  readonly tenant: string;
  readonly prefix: string;
}

const UPLOADS_AT_ONCE = 8;

/** Sends files to the documents bucket; `onSent` hears how many are there. The documents come in the order of the files. */
export async function sendFiles(
  stack: IngestionStack,
  files: readonly LocalFile[],
  { tenant, prefix }: Destination,
  onSent: (count: number) => void,
): Promise<SentDocument[]> {
  let sent = 0;
  return atOnce(files, UPLOADS_AT_ONCE, async ({ file, path, contentType }) => {
    const bucket = stack.outputs.DocumentsBucketName;
    const key = `${prefix}${tenant}/${path}`;
    const { versionId, contentHash, sizeBytes } = await uploadFile(stack.s3, { bucket, key, file, contentType });
    onSent(++sent);
    const source = { bucket, key, versionId };
    return { tenant, path, documentKey: documentKeyOf(tenant, path), source, sizeBytes, contentHash };
  });
}
