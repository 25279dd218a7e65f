import type { ApiEvent } from '../../shared/http/api-answer';
import { Problem } from '../../shared/http/problem';
import { TENANT_PATTERN } from '../contracts/names';

/**
 * The tenant that a request may act for. Who signed with SigV4 was admitted to this very path by IAM
 * (`execute-api:Invoke` on `…/tenants/<tenant>/…`); a token must have a claim `tenant` that is the path's. Throws Problem: 401
 * without a caller, the same 404 for a name that is none and one that is somebody else's.
 */
export function tenantOf({ pathParameters, requestContext }: ApiEvent): string {
  const tenant = pathParameters?.tenant ?? '';
  const { iam, jwt } = requestContext.authorizer ?? {};
  if (!iam?.userArn && !jwt?.claims) {
    throw new Problem(
      401,
      'not-authenticated',
      'Not authenticated',
      'The request names no caller; sign it with SigV4 or send the bearer token that this API asks for.',
    );
  }
  const isAdmitted = iam?.userArn ? true : jwt.claims.tenant === tenant;
  if (isAdmitted && TENANT_PATTERN.test(tenant)) return tenant;
  throw new Problem(404, 'tenant-not-found', 'Tenant not found', 'There is no such tenant, or it is not yours.');
}
