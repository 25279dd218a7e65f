import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** Credentials as the SDK's providers give them. */
export type CredentialsProvider = () => Promise<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}>;

/** SHA-256 in the shape that the signer asks for. */
class Sha256 {
  private readonly hash;
  constructor(secret?: any) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data: any): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

/** The answer of an HTTP API, its body parsed where it is JSON. */
export interface ApiAnswer {
  readonly statusCode: number;
  readonly headers: Headers;
  readonly body: any;
}

/** Calls an IAM-authenticated HTTP API, or a service that has no client here: `fetch` with a SigV4 signature. */
export function signedFetch(
  baseUrl: string,
  region: string,
  credentials: CredentialsProvider,
  service = 'execute-api',
) {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 as any });
  return async (
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> => {
    const url = new URL(path, baseUrl);
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: url.port ? Number(url.port) : undefined,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, 'content-type': 'application/json', ...headers },
      body,
    });
    const { host: _, ...rest } = signed.headers;
    const response = await fetch(url, { method, body, headers: rest });
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Not every answer is JSON; the text says enough.
    }
    return { statusCode: response.status, headers: response.headers, body: parsed };
  };
}
