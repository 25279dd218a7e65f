/**
 * Owns the only way out of the embedded AWS: one HTTP exchange. Refuses hosts that are not this machine unless they
 * were named, so that what runs on a laptop by default neither spends money nor tells strangers anything.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from '../../../../kernel/clock';
import { TaskFault } from '../integration';
import type { HttpAnswer, HttpRequest } from './http-message';

/** https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html: a request may take a minute. */
const LIMIT_MS = 60_000;
/** The largest body, as the Range header asks for. */
const LIMIT_BYTES = 262_144;

/** True for this machine's own addresses. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Sends a request; redirects are answers like others. Throws TaskFault States.Http.Socket or States.DataLimitExceeded. */
export async function exchange(request: HttpRequest, clock: Clock, signal: AbortSignal): Promise<HttpAnswer> {
  const stop = new AbortController();
  const give = () => stop.abort();
  const timer = clock.schedule(clock.now() + LIMIT_MS, give);
  signal.addEventListener('abort', give, { once: true });
  if (signal.aborted) give();
  try {
    return await send(request, stop.signal);
  } catch (error) {
    if (error instanceof TaskFault) throw error;
    const reason = stop.signal.aborted ? `no answer within ${LIMIT_MS / 1000} seconds` : (error as Error).message;
    throw new TaskFault('States.Http.Socket', `The request to ${request.url.host} failed: ${reason}`);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', give);
  }
}

function send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const { url, method, headers, body } = request;
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, { method, headers, signal, agent: false }, (answer) => {
      read(answer).then(resolve, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function read(answer: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > LIMIT_BYTES) {
      throw new TaskFault('States.DataLimitExceeded', `The response is larger than ${LIMIT_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return {
    statusCode: answer.statusCode!,
    statusText: answer.statusMessage ?? '',
    headers: answer.headersDistinct as Record<string, string[]>,
    body: Buffer.concat(chunks),
  };
}
