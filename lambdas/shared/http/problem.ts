import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Fault } from '../validation/fault';

/** A refusal that is answered as a problem document (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    /** The last part of the problem's type, in kebab-case: `unknown-product`. */
    readonly kind: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly Fault[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

/** Renders a problem document; https://www.rfc-editor.org/rfc/rfc9457. `instance` is the request's path. */
export function problemResponse(problem: Problem, instance: string): APIGatewayProxyStructuredResultV2 {
  const document = {
    type: `urn:stepwright:problem:${problem.kind}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    instance,
    ...(problem.errors.length > 0 && { errors: problem.errors }),
  };
  return {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...problem.headers },
    body: JSON.stringify(document),
  };
}
