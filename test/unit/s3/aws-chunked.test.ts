import { ChunkedBody } from '../../../local/services/s3/protocol/aws-chunked';

const ENCODED = '5;chunk-signature=ab\r\nhello\r\n1\r\n!\r\n0\r\nX-Amz-Checksum-CRC32:abc=\r\nother: 1\r\n\r\n';

async function decode(encoded: string, pieceBytes: number) {
  const bytes = Buffer.from(encoded);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
  async function* source() {
    yield* pieces;
  }
  const body = new ChunkedBody(source());
  const decoded: Buffer[] = [];
  for await (const chunk of body) decoded.push(chunk);
  return { text: Buffer.concat(decoded).toString(), trailers: Object.fromEntries(body.trailers) };
}

describe('an aws-chunked body', () => {
  it.each([1, 2, 3, 7, 1000])('is decoded from pieces of %d bytes', async (pieceBytes) => {
    expect(await decode(ENCODED, pieceBytes)).toEqual({
      text: 'hello!',
      trailers: { 'x-amz-checksum-crc32': 'abc=', other: '1' },
    });
  });

  it.each([
    ['a size that is none', 'zz\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['more bytes than the size', '2\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['an end that is missing', '5\r\nhello\r\n', 'IncompleteBody'],
  ])('rejects %s', async (_what, encoded, code) => {
    await expect(decode(encoded, 1000)).rejects.toMatchObject({ code });
  });
});
