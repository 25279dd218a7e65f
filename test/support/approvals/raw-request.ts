import { Agent, request } from 'node:http';

/** An answer with every header that was sent, byte by byte. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What is sent; nothing is added but what HTTP needs. */
export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Sends requests as they are written: paths are not normalized, and any header may be set, `Host` too. */
export class RawClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(private readonly origin: string) {}

  send(path: string, { method = 'GET', headers = {}, body }: RawRequest = {}): Promise<RawAnswer> {
    const { hostname, port } = new URL(this.origin);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent: this.agent, hostname, port, path, method, headers: { ...length, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const { statusCode = 0 } = response;
            resolve({ status: statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** An answer without what differs from request to request by nature. */
export function comparable({ status, headers, body }: RawAnswer): object {
  const { date: _date, 'apigw-requestid': _id, ...rest } = headers;
  return { status, headers: rest, body };
}
