/**
 * Owns the encoding in which SDKs stream bodies: chunks with their size in hexadecimal, then headers that follow the body.
 * Signatures of chunks are not checked. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
import { incompleteBody, invalidRequest } from '../faults';

/** Longer lines than any that belongs between chunks. */
const LIMIT_LINE_BYTES = 16 * 1024;

/** The bytes within; `trailers` are complete once all have been read. */
export class ChunkedBody implements AsyncIterable<Buffer> {
  /** By name in lower case. */
  readonly trailers = new Map<string, string>();

  constructor(private readonly encoded: AsyncIterable<Buffer>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    let line = '';
    /** Bytes of the chunk that are still to come; undefined while a line is read. */
    let left: number | undefined;
    let isAfterChunk = false;
    let isTrailer = false;
    let isDone = false;
    for await (const bytes of this.encoded) {
      let at = 0;
      while (at < bytes.length) {
        if (left !== undefined && left > 0) {
          const piece = bytes.subarray(at, at + left);
          at += piece.length;
          left -= piece.length;
          yield piece;
          if (left === 0) {
            left = undefined;
            isAfterChunk = true;
          }
          continue;
        }
        const end = bytes.indexOf(10, at);
        line += bytes.toString('latin1', at, end < 0 ? bytes.length : end);
        at = end < 0 ? bytes.length : end + 1;
        if (line.length > LIMIT_LINE_BYTES) throw malformed();
        if (end < 0) continue;
        const text = line.replace(/\r$/, '');
        line = '';
        if (isAfterChunk) {
          if (text !== '') throw malformed();
          isAfterChunk = false;
        } else if (isTrailer) {
          if (text === '') isDone = true;
          else this.keep(text);
        } else {
          left = sizeOf(text);
          if (left === 0) {
            isTrailer = true;
            left = undefined;
          }
        }
      }
    }
    if (!isDone && !isTrailer) throw incompleteBody();
  }

  private keep(text: string): void {
    const colon = text.indexOf(':');
    if (colon < 1) throw malformed();
    this.trailers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim());
  }
}

function sizeOf(line: string): number {
  const match = /^([0-9a-fA-F]{1,12})(;.*)?$/.exec(line);
  if (!match) throw malformed();
  return Number.parseInt(match[1]!, 16);
}

function malformed() {
  return invalidRequest('The aws-chunked body is malformed.');
}
