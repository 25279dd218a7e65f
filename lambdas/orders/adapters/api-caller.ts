import { Problem } from '../../shared/http/problem';
import type { ApiCaller } from '../domain/owner';

/** The parts of an HTTP API event's context that name the caller; payload format 2.0. */
export interface AuthorizerContext {
  readonly authorizer?: {
    readonly iam?: { readonly userArn?: string | null } | null;
    readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } | null;
  };
}

/**
 * Who calls, as the API's authorizer found out. Throws a 401 Problem when there is none.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function apiCallerOf({ authorizer }: AuthorizerContext): ApiCaller {
  const userArn = authorizer?.iam?.userArn;
  if (userArn) return { kind: 'iam', userArn };
  const { iss, sub } = authorizer?.jwt?.claims ?? {};
  if (typeof iss === 'string' && typeof sub === 'string') return { kind: 'jwt', issuer: iss, subject: sub };
  throw new Problem(
    401,
    'not-authenticated',
    'Not authenticated',
    'The request names no caller; sign it with SigV4 or send the bearer token that this API asks for.',
  );
}
