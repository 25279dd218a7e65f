/** What a SigV4 signature says about a request: `Credential=KEY/DATE/REGION/SERVICE/aws4_request`. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const IN_HEADER = /Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;
const IN_QUERY = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/;

/**
 * Reads the scope of the Authorization header, or of a presigned query string. The signature itself is not checked:
 * the embedded AWS listens on the loopback only, and keys stand for roles, not for secrets.
 */
export function readCredentialScope(
  authorization: string | undefined,
  query: URLSearchParams,
): CredentialScope | undefined {
  const match = authorization ? IN_HEADER.exec(authorization) : IN_QUERY.exec(query.get('X-Amz-Credential') ?? '');
  return match ? { accessKeyId: match[1]!, region: match[3]!, service: match[4]! } : undefined;
}
