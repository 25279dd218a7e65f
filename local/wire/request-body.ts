import type { IncomingMessage } from 'node:http';

/** The largest body that is read, in bytes; Lambda's 6 MB and SQS's 1 MB have limits of their own below it. */
const LIMIT_BYTES = 16 * 1024 * 1024;
/** What all bodies that are not whole yet may hold together: many slow clients must not fill the memory. */
const BUDGET_BYTES = 256 * 1024 * 1024;

let heldBytes = 0;

/**
 * Hands the whole body to `take`, or undefined when it is larger than the limit, or the bodies on their way are; never calls it
 * for a client that goes away before its request is whole. A callback and two listeners: a promise and an async iterator
 * cost several times as much, and every request comes this way. Most bodies come in one piece: only of the others the pieces
 * are counted.
 */
export function readBody(message: IncomingMessage, take: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let countedBytes = 0;
  const release = () => {
    heldBytes -= countedBytes;
    countedBytes = 0;
  };
  const count = () => {
    if (countedBytes === 0) message.once('close', release);
    heldBytes += length - countedBytes;
    countedBytes = length;
  };
  message.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (chunks.length > 1) count();
    if (length <= LIMIT_BYTES && heldBytes <= BUDGET_BYTES) return;
    chunks.length = 0;
    release();
    message.removeAllListeners('data').removeAllListeners('end').resume();
    take(undefined);
  });
  message.on('end', () => {
    release();
    take(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length));
  });
}
