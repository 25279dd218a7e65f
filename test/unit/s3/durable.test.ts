import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileJournal } from '../../../local/kernel/file-journal';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createS3Service } from '../../../local/services/s3/router';
import { administrator, Gateway } from '../../../local/wire/gateway';

/** S3 alone over a data directory. */
describe('buckets that outlive their process', () => {
  const clock = new SimulatedClock();
  let folder: string;
  let journal: FileJournal;
  let gateway: Gateway;
  let starts = 0;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stepwright-s3-durable-'));
    begin();
  });
  afterEach(async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  });

  const begin = () => {
    journal = new FileJournal(folder);
    gateway = new Gateway({ kernel: { clock, random: new SeededRandom(++starts) }, journal, warn: () => undefined });
    gateway.register(createS3Service(gateway));
    gateway.boundTo('http://127.0.0.1:1');
    void gateway.resume();
  };
  const end = async () => {
    journal.close();
    await gateway.stop();
  };
  const restart = async (whileDown: () => void = () => undefined) => {
    await end();
    whileDown();
    begin();
  };
  const call = (action: string, input: object): Promise<any> =>
    gateway.call(administrator(gateway.accountId), 's3', action, { Bucket: 'bucket', ...input });
  const put = (Key: string, Body: Buffer | string) => call('PutObject', { Key, Body });
  const get = async (Key: string, more: object = {}) => {
    const { Body } = await call('GetObject', { Key, ...more });
    const chunks: Buffer[] = [];
    for await (const chunk of Buffer.isBuffer(Body) ? [Body] : Body) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const files = () => readdirSync(path.join(folder, 'objects'));
  const large = Buffer.alloc(200_000, 'large ');

  it('keep objects, small ones and large ones, with their headers, tags and settings', async () => {
    await call('CreateBucket', {});
    await call('PutBucketTagging', { Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } });
    await call('PutObject', { Key: 'small', Body: 'text', ContentType: 'text/plain', Metadata: { a: 'b' } });
    await put('large', large);
    await restart();
    await call('PutObjectTagging', { Key: 'small', Tagging: { TagSet: [{ Key: 't', Value: '1' }] } });
    await restart();
    expect((await get('small')).toString()).toBe('text');
    expect((await get('large')).equals(large)).toBe(true);
    expect(await call('HeadObject', { Key: 'small' })).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { a: 'b' },
    });
    expect((await call('GetObjectTagging', { Key: 'small' })).TagSet).toEqual([{ Key: 't', Value: '1' }]);
    expect((await call('GetBucketTagging', {})).TagSet).toEqual([{ Key: 'k', Value: 'v' }]);
    expect((await call('ListObjectsV2', {})).Contents.map(({ Key }: { Key: string }) => Key)).toEqual([
      'large',
      'small',
    ]);
  });

  it('keep versions in their order, and markers', async () => {
    await call('CreateBucket', {});
    await put('key', 'before versioning');
    await call('PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } });
    await put('key', 'one');
    await call('DeleteObject', { Key: 'key' });
    await put('key', 'two');
    const list = async () => {
      const { Versions, DeleteMarkers } = await call('ListObjectVersions', {});
      return [...Versions, ...DeleteMarkers].map(({ VersionId, IsLatest }) => [VersionId, IsLatest]);
    };
    const before = await list();
    expect(before).toHaveLength(4);
    await restart();
    expect(await list()).toEqual(before);
    await call('DeleteObject', { Key: 'key', VersionId: before[0]![0] });
    await restart();
    await expect(get('key')).rejects.toMatchObject({ code: 'NoSuchKey' });
    expect((await get('key', { VersionId: 'null' })).toString()).toBe('before versioning');
  });

  it('keep uploads that are under way, and objects that were uploaded in parts', async () => {
    await call('CreateBucket', {});
    const { UploadId } = await call('CreateMultipartUpload', { Key: 'parts' });
    const part = Buffer.alloc(5 * 1024 * 1024, 'x');
    const first = await call('UploadPart', { Key: 'parts', UploadId, PartNumber: 1, Body: part });
    await restart();
    const second = await call('UploadPart', { Key: 'parts', UploadId, PartNumber: 2, Body: 'end' });
    const Parts = [first, second].map(({ ETag }, index) => ({ ETag, PartNumber: index + 1 }));
    await call('CompleteMultipartUpload', { Key: 'parts', UploadId, MultipartUpload: { Parts } });
    await restart();
    expect((await get('parts')).equals(Buffer.concat([part, Buffer.from('end')]))).toBe(true);
    expect((await call('ListMultipartUploads', {})).Uploads).toEqual([]);
  });

  it('remove the files of what is gone, and those that no record came to name', async () => {
    await call('CreateBucket', {});
    await put('kept', large);
    await put('replaced', large);
    await put('replaced', 'small');
    journal.commit();
    await new Promise((resolve) => setImmediate(resolve));
    expect(files()).toHaveLength(1);
    await restart(() => writeFileSync(path.join(folder, 'objects', '99'), 'half an obj'));
    expect(files()).toHaveLength(1);
    await put('next', large);
    expect((await get('kept')).equals(large)).toBe(true);
    await call('DeleteObject', { Key: 'kept' });
    await call('DeleteObject', { Key: 'next' });
    await call('DeleteObject', { Key: 'replaced' });
    await call('DeleteBucket', {});
    await restart();
    expect(files()).toEqual([]);
    expect((await call('ListBuckets', {})).Buckets).toEqual([]);
  });
});
