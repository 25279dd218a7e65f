import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { refusalOf, S3Bench } from '../support/s3-client';

const bench = new S3Bench();
let Bucket: string;

beforeAll(() => bench.start());
afterAll(() => bench.stop());
beforeEach(async () => {
  Bucket = await bench.bucket();
});

const put = (Key: string, Body = 'x') => bench.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const get = async (Key: string, VersionId?: string) =>
  (await bench.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body!.transformToString();
const remove = (Key: string, VersionId?: string) => bench.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
const versioning = (Status: 'Enabled' | 'Suspended') =>
  bench.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const versions = (more: object = {}) => bench.s3.send(new ListObjectVersionsCommand({ Bucket, ...more }));

describe('versioning', () => {
  it('keeps what is overwritten', async () => {
    await put('a', 'before');
    await versioning('Enabled');
    const { VersionId: first } = await put('a', 'one');
    const { VersionId: second } = await put('a', 'two');
    expect(first).not.toBe(second);
    expect(await Promise.all([get('a'), get('a', first), get('a', 'null')])).toEqual(['two', 'one', 'before']);
    const { Versions } = await versions();
    expect(Versions!.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [second, true],
      [first, false],
      ['null', false],
    ]);
  });

  it('puts a marker where an object is deleted, and takes it away again', async () => {
    await versioning('Enabled');
    const { VersionId } = await put('a', 'one');
    const marker = await remove('a');
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    expect((await refusalOf(get('a'))).name).toBe('NoSuchKey');
    expect(await get('a', VersionId)).toBe('one');
    expect((await refusalOf(get('a', marker.VersionId))).name).toBe('MethodNotAllowed');
    const head = bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'a', VersionId: marker.VersionId }));
    expect((await refusalOf(head)).status).toBe(405);
    expect((await versions()).DeleteMarkers).toMatchObject([{ Key: 'a', IsLatest: true }]);
    await remove('a', marker.VersionId);
    expect(await get('a')).toBe('one');
    await remove('a', VersionId);
    expect((await refusalOf(get('a', VersionId))).name).toBe('NoSuchVersion');
    expect((await refusalOf(get('a', 'short'))).name).toBe('InvalidArgument');
  });

  it('that is suspended overwrites the null version alone', async () => {
    await versioning('Enabled');
    const { VersionId } = await put('a', 'kept');
    await versioning('Suspended');
    await put('a', 'one');
    await put('a', 'two');
    expect((await versions()).Versions!.map((version) => version.VersionId)).toEqual(['null', VersionId]);
    expect(await remove('a')).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
    expect(await get('a', VersionId)).toBe('kept');
  });

  it('is listed page by page', async () => {
    await versioning('Enabled');
    for (const key of ['a', 'a', 'b', 'b', 'c']) await put(key);
    const seen: string[] = [];
    let KeyMarker: string | undefined;
    let VersionIdMarker: string | undefined;
    do {
      const page = await versions({ MaxKeys: 2, KeyMarker, VersionIdMarker });
      expect(page.Versions!.length).toBeLessThanOrEqual(2);
      seen.push(...page.Versions!.map(({ Key }) => Key!));
      ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page);
    } while (KeyMarker);
    expect(seen).toEqual(['a', 'a', 'b', 'b', 'c']);
  });
});

describe('a listing', () => {
  const list = (more: Partial<ListObjectsV2CommandInput> = {}) =>
    bench.s3.send(new ListObjectsV2Command({ Bucket, ...more }));
  const KEYS = ['a.txt', 'docs/1', 'docs/2', 'docs/deep/3', 'docs-old/4', 'z', 'é', '😀', '\uffee'];
  beforeEach(async () => {
    for (const key of [...KEYS].reverse()) await put(key);
  });

  it('has keys in the order of their UTF-8', async () => {
    const { Contents, KeyCount, IsTruncated, MaxKeys } = await list();
    const sorted = [...KEYS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(Contents!.map(({ Key }) => Key)).toEqual(sorted);
    expect({ KeyCount, IsTruncated, MaxKeys }).toEqual({ KeyCount: 9, IsTruncated: false, MaxKeys: 1000 });
    expect(Contents![0]).toMatchObject({
      Size: 1,
      StorageClass: 'STANDARD',
      ETag: expect.stringMatching(/^"\w{32}"$/),
    });
    expect(Contents![0]!.Owner).toBeUndefined();
    expect((await list({ FetchOwner: true })).Contents![0]!.Owner!.ID).toBeTruthy();
  });

  it('groups keys by the delimiter', async () => {
    const answer = await list({ Delimiter: '/' });
    expect(answer.CommonPrefixes).toEqual([{ Prefix: 'docs-old/' }, { Prefix: 'docs/' }]);
    expect(answer.Contents!.map(({ Key }) => Key)).toEqual(['a.txt', 'z', 'é', '\uffee', '😀']);
    const below = await list({ Delimiter: '/', Prefix: 'docs/' });
    expect([below.Contents!.map(({ Key }) => Key), below.CommonPrefixes]).toEqual([
      ['docs/1', 'docs/2'],
      [{ Prefix: 'docs/deep/' }],
    ]);
    expect((await list({ Prefix: 'nothing' })).Contents).toBeUndefined();
  });

  it('goes on where it stopped', async () => {
    const seen: string[] = [];
    for await (const page of paginateListObjectsV2({ client: bench.s3, pageSize: 2 }, { Bucket, Delimiter: '/' })) {
      const entries = [
        ...(page.Contents ?? []).map(({ Key }) => Key!),
        ...(page.CommonPrefixes ?? []).map((p) => p.Prefix!),
      ];
      expect(entries.length).toBeLessThanOrEqual(2);
      seen.push(...entries);
    }
    expect(seen.sort()).toEqual(['a.txt', 'docs-old/', 'docs/', 'z', 'é', '\uffee', '😀'].sort());
    expect((await list({ StartAfter: 'docs/2' })).Contents![0]!.Key).toBe('docs/deep/3');
    expect((await refusalOf(list({ ContinuationToken: 'nonsense!' }))).name).toBe('InvalidArgument');
    expect((await list({ MaxKeys: 0 })).KeyCount).toBe(0);
  });

  it('of the first version goes on by marker', async () => {
    const page = await bench.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 3 }));
    expect(page).toMatchObject({ IsTruncated: true, NextMarker: 'docs/', Marker: '' });
    const rest = await bench.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: page.NextMarker }));
    expect(rest.Contents!.map(({ Key }) => Key)).toEqual(['z', 'é', '\uffee', '😀']);
  });

  it('encodes keys when it is asked to', async () => {
    await put('a b+c&d');
    const { Contents } = await list({ Prefix: 'a b', EncodingType: 'url' });
    expect(Contents![0]!.Key).toBe('a+b%2Bc%26d');
  });
});
