import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { refusalOf, S3Bench } from '../support/s3-client';

const bench = new S3Bench();
let Bucket: string;

beforeAll(() => bench.start());
afterAll(() => bench.stop());
beforeEach(async () => {
  Bucket = await bench.bucket();
});

const put = (Key: string, Body: string | Buffer = 'content', more: object = {}) =>
  bench.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = (Key: string, more: object = {}) => bench.s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
const textOf = async (answer: { Body?: { transformToString(): Promise<string> } }) => answer.Body!.transformToString();

describe('buckets', () => {
  it('are listed, found and located', async () => {
    const { Buckets, Owner } = await bench.s3.send(new ListBucketsCommand({}));
    expect(Buckets!.map(({ Name }) => Name)).toContain(Bucket);
    expect(Owner!.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(await bench.s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: 'us-east-1' });
    expect((await bench.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
  });

  it('rejects a name that is none, and a bucket that is not there', async () => {
    expect(await refusalOf(bench.s3.send(new CreateBucketCommand({ Bucket: 'Not_a_name' })))).toMatchObject({
      name: 'InvalidBucketName',
      status: 400,
    });
    const Missing = 'no-such-bucket';
    expect(await refusalOf(bench.s3.send(new HeadBucketCommand({ Bucket: Missing })))).toMatchObject({
      name: 'NotFound',
      status: 404,
    });
    expect(await refusalOf(bench.s3.send(new GetObjectCommand({ Bucket: Missing, Key: 'a' })))).toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
    });
  });

  it('are deleted when they are empty', async () => {
    await put('a');
    expect(await refusalOf(bench.s3.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({
      name: 'BucketNotEmpty',
      status: 409,
    });
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await bench.s3.send(new DeleteBucketCommand({ Bucket }));
    expect((await refusalOf(bench.s3.send(new HeadBucketCommand({ Bucket })))).status).toBe(404);
  });
});

describe('an object', () => {
  it('comes back with its headers and metadata', async () => {
    const written = await put('a/b c+ü.txt', 'hello', {
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      Metadata: { Order: '17' },
      StorageClass: 'STANDARD_IA',
      Tagging: 'team=rag&x=y',
    });
    expect(written.ETag).toBe(`"${createHash('md5').update('hello').digest('hex')}"`);
    expect(written.ChecksumCRC32).toBe('NhCmhg==');
    expect(written.ServerSideEncryption).toBe('AES256');
    const read = await get('a/b c+ü.txt');
    expect(await textOf(read)).toBe('hello');
    expect(read).toMatchObject({
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      Metadata: { order: '17' },
      StorageClass: 'STANDARD_IA',
      TagCount: 2,
      ContentLength: 5,
      AcceptRanges: 'bytes',
      LastModified: new Date(bench.clock.now()),
      ETag: written.ETag,
      ChecksumCRC32: 'NhCmhg==',
    });
    expect(read.VersionId).toBeUndefined();
    const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'a/b c+ü.txt' }));
    expect(head).toMatchObject({ ContentLength: 5, ContentType: 'text/plain', Metadata: { order: '17' } });
  });

  it('may be empty, and may be streamed without a known type', async () => {
    await put('empty', Buffer.alloc(0));
    const empty = await get('empty');
    expect([empty.ContentLength, await textOf(empty)]).toEqual([0, '']);
    const Body = Readable.from([Buffer.from('one '), Buffer.from('two')]);
    await put('streamed', Body as unknown as Buffer, { ContentLength: 7 });
    expect(await textOf(await get('streamed'))).toBe('one two');
    expect((await get('streamed')).ContentEncoding).toBeUndefined();
  });

  it('is missing until it is put, and after it is deleted', async () => {
    expect(await refusalOf(get('a'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    expect(await refusalOf(bench.s3.send(new HeadObjectCommand({ Bucket, Key: 'a' })))).toMatchObject({
      name: 'NotFound',
      status: 404,
    });
    await put('a');
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect((await refusalOf(get('a'))).name).toBe('NoSuchKey');
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  });

  it('rejects a key that is too long and metadata that is too large', async () => {
    await put('k'.repeat(1024));
    expect((await refusalOf(put('ü'.repeat(513)))).name).toBe('KeyTooLongError');
    expect((await refusalOf(put('a', 'x', { Metadata: { big: 'x'.repeat(2050) } }))).name).toBe('MetadataTooLarge');
  });

  it('is given in ranges', async () => {
    await put('digits', '0123456789');
    const range = async (Range: string) => {
      const answer = await get('digits', { Range });
      return [await textOf(answer), answer.ContentRange, answer.$metadata.httpStatusCode];
    };
    expect(await range('bytes=2-4')).toEqual(['234', 'bytes 2-4/10', 206]);
    expect(await range('bytes=7-')).toEqual(['789', 'bytes 7-9/10', 206]);
    expect(await range('bytes=-3')).toEqual(['789', 'bytes 7-9/10', 206]);
    expect(await range('bytes=8-99')).toEqual(['89', 'bytes 8-9/10', 206]);
    expect(await range('bytes=0-1,3-4')).toEqual(['0123456789', undefined, 200]);
    expect(await refusalOf(get('digits', { Range: 'bytes=10-' }))).toMatchObject({ name: 'InvalidRange', status: 416 });
  });

  it('answers with other headers when the request asks for them', async () => {
    await put('a', 'x');
    expect(await get('a', { ResponseContentType: 'text/csv', ResponseContentDisposition: 'inline' })).toMatchObject({
      ContentType: 'text/csv',
      ContentDisposition: 'inline',
    });
  });

  it('rejects a header that HTTP cannot hold, and encodes such metadata', async () => {
    await put('a', 'x');
    expect(await refusalOf(get('a', { ResponseContentDisposition: 'inline; filename="€.pdf"' }))).toMatchObject({
      name: 'InvalidArgument',
      status: 400,
    });
    const { gateway } = bench.running;
    const input = { Bucket, Key: 'b', Body: 'x', Metadata: { price: '5 €' } };
    await gateway.call(gateway.identify(''), 's3', 'PutObject', input);
    expect((await get('b')).Metadata).toEqual({ price: '=?UTF-8?B?NSDigqw=?=' });
  });

  it('is given under conditions', async () => {
    const { ETag } = await put('a', 'x');
    const now = bench.clock.now();
    const status = (conditions: object) =>
      get('a', conditions).then(
        (answer) => answer.$metadata.httpStatusCode,
        (error) => error.$metadata.httpStatusCode,
      );
    expect(await status({ IfMatch: ETag })).toBe(200);
    expect(await status({ IfMatch: '"other"' })).toBe(412);
    expect(await status({ IfNoneMatch: ETag })).toBe(304);
    expect(await status({ IfNoneMatch: '"other"' })).toBe(200);
    expect(await status({ IfModifiedSince: new Date(now) })).toBe(304);
    expect(await status({ IfModifiedSince: new Date(now - 1000) })).toBe(200);
    expect(await status({ IfUnmodifiedSince: new Date(now - 1000) })).toBe(412);
    expect(await status({ IfMatch: ETag, IfUnmodifiedSince: new Date(now - 1000) })).toBe(200);
    expect(await status({ IfNoneMatch: '"other"', IfModifiedSince: new Date(now) })).toBe(200);
  });

  it('is put under conditions', async () => {
    const { ETag } = await put('a', 'x', { IfNoneMatch: '*' });
    expect(await refusalOf(put('a', 'y', { IfNoneMatch: '*' }))).toMatchObject({
      name: 'PreconditionFailed',
      status: 412,
    });
    expect((await refusalOf(put('a', 'y', { IfMatch: '"other"' }))).status).toBe(412);
    expect((await refusalOf(put('b', 'y', { IfMatch: ETag }))).name).toBe('NoSuchKey');
    await put('a', 'z', { IfMatch: ETag });
    expect(await textOf(await get('a'))).toBe('z');
  });

  it('tells its attributes', async () => {
    await put('a', 'hello');
    const ObjectAttributes = ['ETag', 'Checksum', 'ObjectSize', 'StorageClass', 'ObjectParts'] as const;
    const answer = await bench.s3.send(
      new GetObjectAttributesCommand({ Bucket, Key: 'a', ObjectAttributes: [...ObjectAttributes] }),
    );
    expect(answer).toMatchObject({
      ETag: createHash('md5').update('hello').digest('hex'),
      Checksum: { ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT' },
      ObjectSize: 5,
      StorageClass: 'STANDARD',
    });
    expect(answer.ObjectParts).toBeUndefined();
  });

  it('has tags', async () => {
    await put('a', 'x', { Tagging: 'team=a' });
    const Tagging = { TagSet: [{ Key: 'stage', Value: 'test & <more>' }] };
    await bench.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging }));
    expect((await bench.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'a' }))).TagSet).toEqual(Tagging.TagSet);
    const twice = { TagSet: [Tagging.TagSet[0]!, Tagging.TagSet[0]!] };
    expect(
      (await refusalOf(bench.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: twice })))).name,
    ).toBe('InvalidTag');
  });
});

describe('a copy', () => {
  const copy = (Key: string, more: object = {}) =>
    bench.s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/a%20b`, ...more }));
  beforeEach(() => put('a b', 'hello', { Metadata: { a: '1' }, ContentType: 'text/plain', Tagging: 't=1' }));

  it('has the bytes, metadata and tags of its source', async () => {
    const { CopyObjectResult } = await copy('c');
    expect(CopyObjectResult).toMatchObject({ ETag: (await get('a b')).ETag, ChecksumCRC32: 'NhCmhg==' });
    const read = await get('c');
    expect(await textOf(read)).toBe('hello');
    expect(read).toMatchObject({ Metadata: { a: '1' }, ContentType: 'text/plain', TagCount: 1 });
  });

  it('may get metadata of its own', async () => {
    await copy('c', { MetadataDirective: 'REPLACE', Metadata: { b: '2' }, ContentType: 'text/csv' });
    expect(await get('c')).toMatchObject({ Metadata: { b: '2' }, ContentType: 'text/csv' });
  });

  it('fails onto itself unless something changes', async () => {
    expect((await refusalOf(copy('a b'))).name).toBe('InvalidRequest');
    await copy('a b', { MetadataDirective: 'REPLACE', Metadata: { b: '2' } });
    expect((await get('a b')).Metadata).toEqual({ b: '2' });
  });

  it('fails when a condition on its source does not hold, or the source is missing', async () => {
    expect((await refusalOf(copy('c', { CopySourceIfMatch: '"other"' }))).status).toBe(412);
    expect((await refusalOf(copy('c', { CopySourceIfNoneMatch: (await get('a b')).ETag }))).status).toBe(412);
    expect((await refusalOf(copy('c', { CopySource: `${Bucket}/missing` }))).name).toBe('NoSuchKey');
  });
});

it('deletes many objects at once', async () => {
  await Promise.all(['a', 'b', 'c'].map((key) => put(key)));
  const remove = (keys: string[], Quiet = false) =>
    bench.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet } }));
  expect((await remove(['a', 'missing'])).Deleted).toEqual([{ Key: 'a' }, { Key: 'missing' }]);
  expect((await remove(['b'], true)).Deleted).toBeUndefined();
  expect(await textOf(await get('c'))).toBe('content');
});
