import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetObjectCommand, ListMultipartUploadsCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { uploadFile } from '../../../../bin/commands/ingest/upload-file';
import { S3Bench } from '../../../support/s3-client';

const PART_BYTES = 16 * 1024 * 1024;
const bench = new S3Bench();

beforeAll(() => bench.start());
afterAll(() => bench.stop());

function fileOf(bytes: Buffer): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'stepwright-upload-')), 'file.txt');
  writeFileSync(file, bytes);
  return file;
}

async function versionedBucket(): Promise<string> {
  const Bucket = await bench.bucket();
  await bench.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return Bucket;
}

describe('uploading a file', () => {
  it.each([
    ['an empty file', 0, 0],
    ['a small file', 1_000, 0],
    ['a file of exactly one part', PART_BYTES, 1],
    ['a file of more than one part', PART_BYTES + 7, 2],
  ])('sends %s whole, with its hash and its version', async (_what, sizeBytes, parts) => {
    const bytes = randomBytes(sizeBytes);
    const bucket = await versionedBucket();
    const sent = await uploadFile(bench.s3, { bucket, key: 'a/b.txt', file: fileOf(bytes), contentType: 'text/plain' });
    const stored = await bench.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: 'a/b.txt', VersionId: sent.versionId }),
    );
    const contentHash = createHash('sha256').update(bytes).digest('base64url');
    expect(sent).toEqual({ versionId: expect.any(String), contentHash, sizeBytes });
    expect(bytes.equals(await stored.Body!.transformToByteArray())).toBe(true);
    expect(stored.ContentType).toBe('text/plain');
    // The entity tag of an object in parts ends with their number.
    expect(Number(/-(\d+)"$/.exec(stored.ETag!)?.[1] ?? 0)).toBe(parts);
  });

  it('fails for a bucket that keeps no versions', async () => {
    const bucket = await bench.bucket();
    const upload = { bucket, key: 'a', file: fileOf(Buffer.from('text')), contentType: 'text/plain' };
    await expect(uploadFile(bench.s3, upload)).rejects.toThrow(`The bucket ${bucket} keeps no versions`);
  });

  it('aborts what it has begun when a part is refused', async () => {
    const bucket = await versionedBucket();
    const upload = { bucket, key: 'a', file: fileOf(randomBytes(PART_BYTES + 1)), contentType: 'text/plain' };
    const refusing = Object.create(bench.s3);
    refusing.send = (command: any) =>
      command.input.PartNumber === 2 ? Promise.reject(new Error('the wire broke')) : bench.s3.send(command);
    await expect(uploadFile(refusing, upload)).rejects.toThrow('the wire broke');
    expect((await bench.s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads ?? []).toEqual([]);
  });
});
