import type { IncomingMessage } from 'node:http';
import { tooLarge } from './api-response';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const LIMIT_BYTES = 10 * 1024 * 1024;

/** A request as a client sent it. */
export interface ApiRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly rawPath: string;
  readonly rawQuery: string;
  /** Names in lower case, repeated ones joined by commas; without cookies. */
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
  readonly sourceIp: string;
  readonly protocol: string;
  readonly body: Buffer;
}

/** Reads a request to its end. Throws the refusal of a body that is too large. */
export async function readRequest(message: IncomingMessage): Promise<ApiRequest> {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (name !== 'cookie') headers[name] = values!.join(',');
  }
  return {
    method: message.method ?? 'GET',
    rawPath: mark < 0 ? url : url.slice(0, mark),
    rawQuery: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    cookies: (message.headers.cookie ?? '').split('; ').filter((cookie) => cookie !== ''),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${message.httpVersion}`,
    body: await readBody(message),
  };
}

/** A body that is too large is still read to its end: a client that is cut off in mid-sentence sees no answer. */
async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LIMIT_BYTES) chunks.push(chunk);
  }
  if (length > LIMIT_BYTES) throw tooLarge();
  return Buffer.concat(chunks, length);
}
