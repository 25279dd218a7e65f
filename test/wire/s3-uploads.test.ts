import { createHash } from 'node:crypto';
import { request } from 'node:http';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { refusalOf, S3Bench } from '../support/s3-client';

const MB = 1024 * 1024;
const bench = new S3Bench();
let Bucket: string;

beforeAll(() => bench.start());
afterAll(() => bench.stop());
beforeEach(async () => {
  Bucket = await bench.bucket();
});

const md5 = (bytes: Buffer | string) => createHash('md5').update(bytes).digest();
const pattern = (bytes: number, seed: number) => Buffer.alloc(bytes, Buffer.from([seed, seed + 1, seed + 2]));

describe('a multipart upload', () => {
  const Key = 'large';
  let UploadId: string;
  const begin = async (more: object = {}) => {
    UploadId = (await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId!;
  };
  const upload = async (PartNumber: number, Body: Buffer) => {
    const part = await bench.s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    const { ETag, ChecksumCRC32 } = part;
    return { PartNumber, ETag, ChecksumCRC32 };
  };
  const complete = (Parts: object[], more: object = {}) =>
    bench.s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more } as any),
    );

  it('becomes one object with the entity tag of its parts', async () => {
    const first = pattern(5 * MB, 1);
    const second = pattern(100, 7);
    await begin({ ContentType: 'video/mp4', Metadata: { a: '1' }, ChecksumAlgorithm: 'CRC32' });
    const parts = [await upload(1, first), await upload(4, second)];
    const done = await complete(parts);
    const etag = createHash('md5')
      .update(Buffer.concat([md5(first), md5(second)]))
      .digest('hex');
    expect(done).toMatchObject({ Bucket, Key, ETag: `"${etag}-2"`, ChecksumType: 'COMPOSITE' });
    expect(done.ChecksumCRC32).toMatch(/-2$/);
    const read = await bench.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from(await read.Body!.transformToByteArray()).equals(Buffer.concat([first, second]))).toBe(true);
    expect(read).toMatchObject({ ContentType: 'video/mp4', Metadata: { a: '1' }, ContentLength: 5 * MB + 100 });
    const across = await bench.s3.send(
      new GetObjectCommand({ Bucket, Key, Range: `bytes=${5 * MB - 2}-${5 * MB + 1}` }),
    );
    const expected = Buffer.concat([first.subarray(-2), second.subarray(0, 2)]);
    expect(Buffer.from(await across.Body!.transformToByteArray())).toEqual(expected);
    const part = await bench.s3.send(new HeadObjectCommand({ Bucket, Key, PartNumber: 2 }));
    expect(part).toMatchObject({
      ContentLength: 100,
      PartsCount: 2,
      ContentRange: `bytes ${5 * MB}-${5 * MB + 99}/${5 * MB + 100}`,
    });
    const attributes = await bench.s3.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ObjectParts'] }),
    );
    expect(attributes.ObjectParts).toMatchObject({ TotalPartsCount: 2, Parts: [{ Size: 5 * MB }, { Size: 100 }] });
    expect((await refusalOf(bench.s3.send(new ListPartsCommand({ Bucket, Key, UploadId })))).name).toBe('NoSuchUpload');
  });

  it('has the checksum of the whole object when it asks for that', async () => {
    await begin({ ChecksumAlgorithm: 'CRC64NVME' });
    const Body = pattern(5 * MB, 3);
    const ends = Buffer.from('the end');
    const sent = [Body, ends];
    const parts = [];
    for (const [index, bytes] of sent.entries()) {
      const PartNumber = index + 1;
      const { ETag, ChecksumCRC64NVME } = await bench.s3.send(
        new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: bytes, ChecksumAlgorithm: 'CRC64NVME' }),
      );
      parts.push({ PartNumber, ETag, ChecksumCRC64NVME });
    }
    const whole = await bench.s3.send(
      new PutObjectCommand({ Bucket, Key: 'whole', Body: Buffer.concat(sent), ChecksumAlgorithm: 'CRC64NVME' }),
    );
    const done = await complete(parts);
    expect(done).toMatchObject({ ChecksumType: 'FULL_OBJECT', ChecksumCRC64NVME: whole.ChecksumCRC64NVME });
  });

  it('fails for parts that are too small, missing, or out of order', async () => {
    await begin();
    const parts = [await upload(1, Buffer.from('small')), await upload(2, Buffer.from('last'))];
    expect(await refusalOf(complete(parts))).toMatchObject({ name: 'EntityTooSmall', status: 400 });
    expect((await refusalOf(complete([...parts].reverse()))).name).toBe('InvalidPartOrder');
    expect((await refusalOf(complete([{ ...parts[0], ETag: '"00000000000000000000000000000000"' }]))).name).toBe(
      'InvalidPart',
    );
    expect((await refusalOf(complete([]))).name).toBe('MalformedXML');
    await complete([parts[1]!]);
  });

  it('is listed with its parts until it is aborted', async () => {
    await begin();
    await upload(2, Buffer.from('two'));
    await upload(1, Buffer.from('one'));
    await upload(1, Buffer.from('one again'));
    const listed = await bench.s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 1 }));
    expect(listed).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '1', Parts: [{ PartNumber: 1, Size: 9 }] });
    const { Uploads } = await bench.s3.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(Uploads).toMatchObject([{ Key, UploadId, Initiated: new Date(bench.clock.now()) }]);
    await bench.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect((await bench.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
    expect((await refusalOf(upload(1, Buffer.from('x')))).name).toBe('NoSuchUpload');
  });

  it('copies parts from other objects', async () => {
    const source = pattern(5 * MB + 10, 9);
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: source }));
    await begin();
    const CopySource = `${Bucket}/source`;
    const copy = async (PartNumber: number, CopySourceRange?: string) => {
      const input = { Bucket, Key, UploadId, PartNumber, CopySource, CopySourceRange };
      const { CopyPartResult } = await bench.s3.send(new UploadPartCopyCommand(input));
      return { PartNumber, ETag: CopyPartResult!.ETag };
    };
    expect((await refusalOf(copy(1, 'bytes=0-99999999'))).name).toBe('InvalidArgument');
    await complete([await copy(1), await copy(2, 'bytes=0-4')]);
    const read = await bench.s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = Buffer.from(await read.Body!.transformToByteArray());
    expect(bytes.equals(Buffer.concat([source, source.subarray(0, 5)]))).toBe(true);
  });
});

describe('a body', () => {
  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'has the checksum %s that the SDK computes',
    async (algorithm) => {
      const input = { Bucket, Key: algorithm, Body: pattern(70_000, 5), ChecksumAlgorithm: algorithm };
      const { [`Checksum${algorithm}` as const]: sum } = await bench.s3.send(new PutObjectCommand(input));
      const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key: algorithm, ChecksumMode: 'ENABLED' }));
      expect(head[`Checksum${algorithm}` as const]).toBe(sum);
      expect(sum).toBeTruthy();
    },
  );

  const put = (headers: Record<string, string>, body: string) =>
    bench.fetch(`/${Bucket}/a`, { method: 'PUT', headers: { authorization: SIGNED, ...headers }, body });
  const SIGNED = 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';

  it.each([
    ['a wrong MD5', { 'content-md5': md5('other').toString('base64') }, 400, 'BadDigest'],
    ['an MD5 that is none', { 'content-md5': 'abc' }, 400, 'InvalidDigest'],
    ['a wrong checksum', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 400, 'BadDigest'],
    ['a checksum that is none', { 'x-amz-checksum-crc32': 'AAAA' }, 400, 'InvalidRequest'],
    ['the right MD5', { 'content-md5': md5('hello').toString('base64') }, 200, ''],
    ['the right checksum', { 'x-amz-checksum-crc32': 'NhCmhg==' }, 200, ''],
  ])('is compared with %s', async (_title, headers: Record<string, string>, status, code) => {
    const answer = await put(headers, 'hello');
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(code);
    if (status !== 200) {
      expect((await refusalOf(bench.s3.send(new GetObjectCommand({ Bucket, Key: 'a' })))).name).toBe('NoSuchKey');
    }
  });

  it.each([
    ['NhCmhg==', 200],
    ['AAAAAA==', 400],
  ])('in chunks is compared with the checksum %s that follows it', async (trailer, status) => {
    const headers = {
      'content-encoding': 'gzip,aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '5',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    };
    const answer = await put(
      headers,
      `2;chunk-signature=00\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:${trailer}\r\n\r\n`,
    );
    expect(answer.status).toBe(status);
    if (status !== 200) return;
    const read = await bench.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    expect([await read.Body!.transformToString(), read.ContentEncoding]).toEqual(['hello', 'gzip']);
  });

  it('rejects one that is shorter than it says', async () => {
    const headers = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '6',
    };
    const answer = await put(headers, '5\r\nhello\r\n0\r\n\r\n');
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('IncompleteBody')]);
  });

  it('is asked for by 100 Continue', async () => {
    const body = Buffer.from('hello');
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(bench.running.url);
      const headers = { authorization: SIGNED, expect: '100-continue', 'content-length': body.length };
      const put = request({ hostname, port, method: 'PUT', path: `/${Bucket}/a`, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      put.on('continue', () => put.end(body));
      put.on('error', reject);
      put.flushHeaders();
    });
    expect(status).toBe(200);
  });

  it('of 40 MB goes through, and comes back in ranges', async () => {
    const Body = pattern(40 * MB, 11);
    const { ETag } = await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'big', Body }));
    expect(ETag).toBe(`"${md5(Body).toString('hex')}"`);
    const Range = `bytes=${30 * MB}-${30 * MB + 999_999}`;
    const part = await bench.s3.send(new GetObjectCommand({ Bucket, Key: 'big', Range }));
    const bytes = Buffer.from(await part.Body!.transformToByteArray());
    expect(bytes.equals(Body.subarray(30 * MB, 30 * MB + 1_000_000))).toBe(true);
    const whole = createHash('md5');
    const all = await bench.s3.send(new GetObjectCommand({ Bucket, Key: 'big' }));
    for await (const chunk of all.Body as AsyncIterable<Buffer>) whole.update(chunk);
    expect(`"${whole.digest('hex')}"`).toBe(ETag);
  });

  it('that breaks off leaves no object, and is no defect', async () => {
    const { hostname, port } = new URL(bench.running.url);
    const headers = { authorization: SIGNED, 'content-length': 1_000_000 };
    await new Promise<void>((resolve) => {
      const put = request({ hostname, port, method: 'PUT', path: `/${Bucket}/a`, headers });
      put.on('error', () => resolve());
      put.on('close', () => resolve());
      put.write('only this', () => put.destroy());
    });
    expect((await refusalOf(bench.s3.send(new GetObjectCommand({ Bucket, Key: 'a' })))).name).toBe('NoSuchKey');
    expect(bench.running.warnings).toEqual([]);
  });
});
