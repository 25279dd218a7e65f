import type { IncomingMessage } from 'node:http';

/** The largest body that is read, in bytes; Lambda's 6 MB and SQS's 1 MB have limits of their own below it. */
const LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Hands the whole body to `take`, or undefined when it is larger than the limit; never calls it for a client that goes
 * away before its request is whole. A callback and two listeners: a promise and an async iterator cost several times as
 * much, and every request comes this way.
 */
export function readBody(message: IncomingMessage, take: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  message.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LIMIT_BYTES) {
      chunks.push(chunk);
      return;
    }
    message.removeAllListeners('data').removeAllListeners('end').resume();
    take(undefined);
  });
  message.on('end', () => take(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length)));
}
