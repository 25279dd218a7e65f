/**
 * Owns the one port of the embedded AWS: reads a request, finds its protocol, writes the answer.
 * Refuses requests of web pages (they carry an Origin, or a Host that is not the loopback's), clients that are too slow, more
 * connections than it can hold, and bodies over the limit, save those of services that read bodies of any size themselves.
 * Listens on the loopback only.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPromise } from 'node:util/types';
import { turnIsDurable } from '../kernel/journal';
import { AcceptFirst } from './accept-first';
import type { Gateway } from './gateway';
import { Http2Door } from './http2-door';
import { IncomingRequest } from './incoming-request';
import { answerJson } from './json-protocol';
import { Outbox } from './outbox';
import { answerPage } from './pages';
import { answerQuery } from './query-answer';
import { readBody } from './request-body';
import { answerRestJson } from './rest-json-protocol';
import {
  answerRestXml,
  onePiece,
  type Streaming,
  sendStreamed,
  signedForStreaming,
  unsignedForStreaming,
} from './rest-xml-protocol';
import { comesFromOtherSite, namesLoopback } from './web-pages';
import type { WireResponse } from './wire-request';

const NO_BODY = Buffer.alloc(0);

/** How long a client may take; answers take as long as they take (long polls). Times in milliseconds. */
export interface ClientLimits {
  /** For the first bytes of a connection. */
  readonly silenceMs: number;
  /** For the headers of a request. */
  readonly headersMs: number;
  /** For a whole request. */
  readonly requestMs: number;
  /** How often slow clients are looked for. */
  readonly checkedEveryMs: number;
  /** Connections at a time: each costs some kilobytes. */
  readonly connections: number;
}

const LIMITS: ClientLimits = {
  silenceMs: 30_000,
  headersMs: 30_000,
  requestMs: 300_000,
  checkedEveryMs: 5_000,
  connections: 10_000,
};

/** The HTTP server in front of a gateway. */
export class WireServer {
  private readonly server: Server;
  private readonly http2: Http2Door;
  private readonly requests: AcceptFirst;
  private readonly outbox: Outbox;

  constructor(
    private readonly gateway: Gateway,
    limits: ClientLimits = LIMITS,
  ) {
    const take = (request: IncomingMessage, response: ServerResponse) => {
      this.requests.run(() => this.answer(request, response));
    };
    const { headersMs: headersTimeout, requestMs: requestTimeout, checkedEveryMs } = limits;
    const times = { headersTimeout, requestTimeout, connectionsCheckingInterval: checkedEveryMs };
    this.server = createServer({ keepAliveTimeout: 60_000, ...times }, take);
    this.server.maxConnections = limits.connections;
    this.http2 = new Http2Door(this.server, take, limits.silenceMs);
    this.requests = new AcceptFirst(this.server);
    this.outbox = new Outbox(gateway.warn, gateway.journal);
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
      this.http2.closeAllConnections();
    });
  }

  private answer(message: IncomingMessage, response: ServerResponse): void {
    if (message.destroyed) return;
    const refusal = refusalOf(message);
    if (refusal) {
      message.resume();
      this.outbox.send(response, refusal);
      return;
    }
    const streaming = signedForStreaming(this.gateway, message);
    if (streaming) this.answerStreamed(streaming, message, response, message.iterator({ destroyOnReturn: false }));
    else readBody(message, (body) => this.answerBody(message, response, body));
  }

  private answerStreamed(
    streaming: Streaming,
    message: IncomingMessage,
    response: ServerResponse,
    body: AsyncIterable<Buffer>,
  ): void {
    const request = new IncomingRequest(this.gateway, message, response, this.outbox, NO_BODY);
    answerRestXml(this.gateway, streaming, request, body)
      .then(async (answer) => {
        if (this.gateway.journal.isDurable) await turnIsDurable(this.gateway.journal);
        sendStreamed(message, response, answer);
      })
      .catch((error) => this.outbox.fail(response, error));
  }

  /** Most actions answer at once: their way has no promise in it. */
  private answerBody(message: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
    try {
      const streaming = body && unsignedForStreaming(this.gateway, message);
      if (streaming) {
        this.answerStreamed(streaming, message, response, onePiece(body));
        return;
      }
      const answer = body ? this.route(message, response, body) : TOO_LARGE;
      if (!isPromise(answer)) this.outbox.send(response, answer);
      else {
        answer.then(
          (settled) => this.outbox.send(response, settled),
          (error) => this.outbox.fail(response, error),
        );
      }
    } catch (error) {
      this.outbox.fail(response, error);
    }
  }

  private route(
    message: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
  ): WireResponse | Promise<WireResponse> {
    const request = new IncomingRequest(this.gateway, message, response, this.outbox, body);
    if (request.headers.authorization !== undefined && request.scopedService === undefined) return UNREADABLE_SIGNATURE;
    if (request.headers['x-amz-target']) return answerJson(this.gateway, request);
    const service = request.scopedService ? this.gateway.serviceByName(request.scopedService) : undefined;
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      return answerQuery(this.gateway, service, request);
    }
    const rest = service ?? this.gateway.registered.find((s) => s.name === unsignedService(request.rawPath));
    if (rest?.protocols.some((protocol) => protocol.kind === 'rest-json')) {
      return answerRestJson(this.gateway, rest, request);
    }
    const page = answerPage(this.gateway, request);
    if (page) return page;
    this.gateway.reportUnknown(request.scopedService ?? 'no service', `${request.method} ${request.rawPath}`, request);
    return UNKNOWN;
  }
}

const UNKNOWN: WireResponse = {
  statusCode: 404,
  headers: { 'content-type': 'application/json' },
  body: '{"__type":"UnknownOperationException","message":"No service of the embedded AWS answers this request. Is it signed, and for a service that the stacks use?"}',
};

const UNREADABLE_SIGNATURE: WireResponse = {
  statusCode: 403,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'IncompleteSignatureException' },
  body: '{"__type":"IncompleteSignatureException","message":"Authorization header requires \'Credential\' parameter of the form KEY/DATE/REGION/SERVICE/aws4_request, behind AWS4-HMAC-SHA256."}',
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

const NOT_FOR_PAGES: WireResponse = {
  statusCode: 403,
  headers: { connection: 'close', 'content-type': 'application/json' },
  body: '{"__type":"AccessDeniedException","message":"The embedded AWS answers local programs only, not web pages or other hosts."}',
};

/** The target of a request to a proxy names another host than the header that was looked at. */
const NO_PROXY: WireResponse = {
  statusCode: 400,
  headers: { connection: 'close', 'content-type': 'application/json' },
  body: '{"__type":"BadRequestException","message":"The target of a request must be a path."}',
};

function refusalOf({ headers, method, url }: IncomingMessage): WireResponse | undefined {
  if (!url?.startsWith('/')) return NO_PROXY;
  const isForeign = headers.origin !== undefined || !namesLoopback(headers) || comesFromOtherSite(headers, method);
  return isForeign ? NOT_FOR_PAGES : undefined;
}
