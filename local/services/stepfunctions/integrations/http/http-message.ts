/** A request, ready to be sent. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  /** Names as written. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | undefined;
}

/** What came back. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly statusText: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string[]>>;
  readonly body: Buffer;
}
