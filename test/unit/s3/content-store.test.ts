import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { JoinedBlob } from '../../../local/services/s3/content/blob';
import { ContentStore } from '../../../local/services/s3/content/content-store';

const MB = 1024 * 1024;

async function blobOf(contents: ContentStore, bytes: Buffer) {
  const writer = contents.writer();
  for (let at = 0; at < bytes.length; at += 100_000) await writer.write(bytes.subarray(at, at + 100_000));
  return writer.finish();
}

async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const piece of pieces) chunks.push(piece);
  return Buffer.concat(chunks);
}

describe('the content store', () => {
  let contents: ContentStore;
  beforeEach(() => {
    contents = new ContentStore();
  });
  afterEach(() => contents.stop());
  const files = () => {
    const folder = (contents as unknown as { folder?: string }).folder;
    return folder ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  };

  it('keeps small bodies at hand and large ones in files', async () => {
    const small = await blobOf(contents, Buffer.from('small'));
    expect(small.atHand(1, 3)).toEqual(Buffer.from('ma'));
    expect(files()).toEqual([]);
    const bytes = Buffer.alloc(5 * MB, 'abc');
    const large = await blobOf(contents, bytes);
    large.retain();
    expect(large.atHand(0, 1)).toBeUndefined();
    expect((await bytesOf(large.read(3, 5 * MB - 1))).equals(bytes.subarray(3, 5 * MB - 1))).toBe(true);
    expect(files()).toHaveLength(1);
  });

  it('removes a file with its last user, and not while it is read', async () => {
    const blob = await blobOf(contents, Buffer.alloc(5 * MB, 'x'));
    blob.retain();
    const joined = new JoinedBlob([blob]);
    joined.retain();
    blob.release();
    const reading = joined.read(0, 5 * MB);
    joined.release();
    expect(files()).toHaveLength(1);
    expect(await bytesOf(reading)).toHaveLength(5 * MB);
    expect(files()).toEqual([]);
  });

  it('leaves nothing of a body that is given up, nor of anything once it stops', async () => {
    const writer = contents.writer();
    await writer.write(Buffer.alloc(5 * MB));
    await writer.discard();
    expect(files()).toEqual([]);
    await blobOf(contents, Buffer.alloc(5 * MB));
    const [file] = files();
    contents.stop();
    expect(existsSync(file!)).toBe(false);
  });
});
