import type { Caller } from './caller';
import type { RestResponse } from './service';

/** A request with its body read, before any protocol has looked at it. */
export interface WireRequest {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly requestId: string;
  /** The service of the credential scope, when the request is signed. */
  readonly scopedService: string | undefined;
  caller(): Caller;
  readonly signal: AbortSignal;
  readonly traceHeader: string | undefined;
  /** See {@link import('./caller').CallContext.afterAnswer}. */
  afterAnswer(work: () => void): void;
}

/** A response that a protocol has rendered. */
export type WireResponse = RestResponse;
