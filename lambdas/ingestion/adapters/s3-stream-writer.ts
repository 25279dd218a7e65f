import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Sender } from '../../shared/aws/sender';
import type { WorkStreamWriter } from '../domain/object-store';

/** Parts but the last have at least 5 MiB: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const PART_BYTES = 8 * 1024 * 1024;

/** Writes streams into the work bucket: in one request when they are short, else in parts, of which two are held. */
export function createS3StreamWriter(client: Sender, bucket: string): WorkStreamWriter {
  return {
    async putStream(key, pieces) {
      const target = { Bucket: bucket, Key: key };
      const parts = inParts(pieces);
      const first = await parts.next();
      const second = await parts.next();
      if (second.done) {
        await client.send(new PutObjectCommand({ ...target, Body: first.value ?? Buffer.alloc(0) }));
        return;
      }
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
      try {
        const Parts: { ETag: string; PartNumber: number }[] = [];
        const upload = async (Body: Buffer) => {
          const PartNumber = Parts.length + 1;
          const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
          Parts.push({ ETag, PartNumber });
        };
        await upload(first.value!);
        await upload(second.value);
        for await (const part of parts) await upload(part);
        await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
      } catch (error) {
        // What an abort leaves behind, the bucket's lifecycle removes.
        await client.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
        throw error;
      }
    },
  };
}

async function* inParts(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer, undefined> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    held.push(bytes);
    heldBytes += bytes.length;
    if (heldBytes >= PART_BYTES) {
      yield Buffer.concat(held);
      held = [];
      heldBytes = 0;
    }
  }
  if (heldBytes > 0) yield Buffer.concat(held);
  return undefined;
}
