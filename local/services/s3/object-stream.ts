import { Readable } from 'node:stream';

const BUFFERED_BYTES = 512 * 1024;

/** Bytes that are read piece by piece, as a stream. */
export function streamOf(pieces: AsyncIterable<Buffer>): Readable {
  return Readable.from(pieces, { objectMode: false, highWaterMark: BUFFERED_BYTES });
}
