/** What a client of an API is answered. */
export interface ApiResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly cookies?: readonly string[];
  readonly body: Buffer;
}

/** An answer of API Gateway itself. The texts are those of AWS. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
    readonly headers: Record<string, string> = {},
    /** `$context.integrationErrorMessage` or `$context.authorizer.error` of the access log. */
    readonly reason = '',
  ) {
    super(message);
  }

  get response(): ApiResponse {
    const headers = { 'content-type': 'application/json', ...this.headers };
    return { statusCode: this.statusCode, headers, body: Buffer.from(JSON.stringify({ message: this.message })) };
  }
}

/** No route, no stage. */
export const notFound = () => new Refusal(404, 'Not Found');
/** No signature, or no permission. */
export const forbidden = (reason = '') => new Refusal(403, 'Forbidden', {}, reason);
/** No token, or one that is not taken. */
export const unauthorized = (reason: string) =>
  new Refusal(401, 'Unauthorized', { 'www-authenticate': reason }, reason);
/** More requests than the stage takes. */
export const tooManyRequests = () => new Refusal(429, 'Too Many Requests');
/** A body of more than 10 MB. */
export const tooLarge = () => new Refusal(413, 'Request Entity Too Large', { connection: 'close' });
/** The function failed, could not be invoked, or answered what is no response. */
export const integrationFailed = (reason: string) => new Refusal(500, 'Internal Server Error', {}, reason);
/** The function took longer than the integration waits, or was throttled. */
export const unavailable = (reason: string) => new Refusal(503, 'Service Unavailable', {}, reason);
