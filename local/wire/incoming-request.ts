import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from './caller';
import { type CredentialScope, readCredentialScope } from './credential-scope';
import type { Gateway } from './gateway';
import type { Outbox } from './outbox';
import type { WireRequest } from './wire-request';

const NO_QUERY = new URLSearchParams();

/**
 * A request of the port, its body read. A class, since it is made for every call and closures would cost; the signal,
 * which few actions ask for, is made when they ask.
 */
export class IncomingRequest implements WireRequest {
  readonly method: string;
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly requestId: string;
  private readonly scope: CredentialScope | undefined;
  private gone: AbortSignal | undefined;

  constructor(
    private readonly gateway: Gateway,
    message: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly outbox: Outbox,
    readonly body: Buffer,
  ) {
    const url = message.url ?? '/';
    const mark = url.indexOf('?');
    this.method = message.method ?? 'GET';
    this.rawPath = mark < 0 ? url : url.slice(0, mark);
    this.query = mark < 0 ? NO_QUERY : new URLSearchParams(url.slice(mark + 1));
    this.headers = message.headers as Record<string, string>;
    this.requestId = gateway.kernel.random.uuid();
    this.scope = readCredentialScope(this.headers.authorization, this.query);
  }

  get scopedService(): string | undefined {
    return this.scope?.service;
  }

  caller(): Caller {
    return this.gateway.identify(this.scope?.accessKeyId ?? '');
  }

  get traceHeader(): string | undefined {
    return this.headers['x-amzn-trace-id'];
  }

  afterAnswer(work: () => void): void {
    this.outbox.afterAnswers(work);
  }

  get signal(): AbortSignal {
    this.gone ??= abortedWhenGone(this.response);
    return this.gone;
  }
}

function abortedWhenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
