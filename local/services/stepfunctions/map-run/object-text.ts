import { gunzipSync } from 'node:zlib';

/** An object's body as text, piece by piece: bytes, text, or a stream of either. */
export async function* bodyChunks(body: unknown, isCompressed = false): AsyncGenerator<string> {
  if (isCompressed) {
    const parts: Buffer[] = [];
    for await (const part of rawChunks(body)) parts.push(Buffer.from(part));
    yield gunzipSync(Buffer.concat(parts)).toString('utf8');
    return;
  }
  const decoder = new TextDecoder('utf-8');
  for await (const part of rawChunks(body)) {
    yield typeof part === 'string' ? part : decoder.decode(part, { stream: true });
  }
  const rest = decoder.decode();
  if (rest) yield rest;
}

async function* rawChunks(body: unknown): AsyncGenerator<string | Uint8Array> {
  if (typeof body === 'string' || body instanceof Uint8Array) yield body;
  else if (body !== null && typeof body === 'object' && Symbol.asyncIterator in body) {
    yield* body as AsyncIterable<string | Uint8Array>;
  }
}

/** The lines of a text, without their ends; a last empty one is none. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest.endsWith('\r') ? rest.slice(0, -1) : rest;
}
