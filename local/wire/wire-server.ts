/**
 * Owns the one port of the embedded AWS: reads a request, finds its protocol, writes the answer.
 * Refuses requests of web pages (they carry an Origin, or a Host that is not the loopback's) and bodies over the limit.
 * Listens on the loopback only.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AcceptFirst } from './accept-first';
import type { Gateway } from './gateway';
import { IncomingRequest } from './incoming-request';
import { answerJson } from './json-protocol';
import { answerQuery } from './query-answer';
import { answerRestJson } from './rest-json-protocol';
import type { WireResponse } from './wire-request';

/** The largest body that is read, in bytes; Lambda's 6 MB and SQS's 1 MB have limits of their own below it. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
const LOOPBACK_HOSTS = /^(sync-)?(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** The HTTP server in front of a gateway. */
export class WireServer {
  private readonly server: Server;
  private readonly requests: AcceptFirst;

  constructor(private readonly gateway: Gateway) {
    this.server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
      this.requests.run(() => void this.answer(request, response));
    });
    this.requests = new AcceptFirst(this.server);
  }

  /** Binds a port of 127.0.0.1 (0: any free one) and gives the URL. Rejects with EADDRINUSE when it is taken. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    this.gateway.boundTo(url);
    return url;
  }

  /** Stops listening and ends open connections. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (message.destroyed) return;
    try {
      const refusal = refuseWebPages(message);
      const body = refusal ? undefined : await readBody(message);
      const answer = refusal ?? (body ? await this.route(message, response, body) : TOO_LARGE);
      write(response, answer);
    } catch (error) {
      if (response.destroyed || message.destroyed) return;
      this.gateway.warn(`the request ${message.method} ${message.url} could not be answered: ${error}`);
      write(response, { statusCode: 500, body: '{"__type":"InternalFailure"}' });
    }
  }

  private route(message: IncomingMessage, response: ServerResponse, body: Buffer): Promise<WireResponse> {
    const request = new IncomingRequest(this.gateway, message, response, body);
    if (request.headers['x-amz-target']) return answerJson(this.gateway, request);
    const service = request.scopedService ? this.gateway.serviceByName(request.scopedService) : undefined;
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      return answerQuery(this.gateway, service, request);
    }
    const rest = service ?? this.gateway.registered.find((s) => s.name === unsignedService(request.rawPath));
    if (rest?.protocols.some((protocol) => protocol.kind === 'rest-json')) {
      return answerRestJson(this.gateway, rest, request);
    }
    this.gateway.reportUnknown(request.scopedService ?? 'no service', `${request.method} ${request.rawPath}`);
    return Promise.resolve(UNKNOWN);
  }
}

const UNKNOWN: WireResponse = {
  statusCode: 404,
  headers: { 'content-type': 'application/json' },
  body: '{"__type":"UnknownOperationException","message":"No service of the embedded AWS answers this request. Is it signed, and for a service that the stacks use?"}',
};

const TOO_LARGE: WireResponse = {
  statusCode: 413,
  headers: { connection: 'close' },
  body: '{"__type":"RequestEntityTooLargeException","message":"The request body is too large."}',
};

/** Unsigned REST requests are known by their path: the conformance runner and curl call Lambda so. */
function unsignedService(rawPath: string): string | undefined {
  return rawPath.startsWith('/2015-03-31/functions/') ? 'lambda' : undefined;
}

function refuseWebPages(message: IncomingMessage): WireResponse | undefined {
  const { origin, host } = message.headers;
  if (!origin && host && LOOPBACK_HOSTS.test(host)) return undefined;
  message.resume();
  return {
    statusCode: 403,
    headers: { connection: 'close', 'content-type': 'application/json' },
    body: '{"__type":"AccessDeniedException","message":"The embedded AWS answers local programs only, not web pages or other hosts."}',
  };
}

/** The whole body, or undefined when it is larger than the limit. Plain events: an async iterator costs twice as much. */
function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > BODY_LIMIT_BYTES) {
        message.removeAllListeners('data').resume();
        resolve(undefined);
      } else chunks.push(chunk);
    });
    message.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length)));
    message.once('error', reject);
    message.once('close', () => {
      if (!message.complete) reject(new Error('the client has gone away'));
    });
  });
}

/** Head and text leave in one piece: Node.js writes a string body together with the head, a Buffer apart from it. */
function write(response: ServerResponse, answer: WireResponse): void {
  const { body = '' } = answer;
  response.writeHead(answer.statusCode, { ...answer.headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
