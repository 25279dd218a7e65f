import type { Authorizer } from '../../../wire/authorizer';
import { AwsError } from '../../../wire/aws-error';
import type { Caller } from '../../../wire/caller';
import { readCredentialScope } from '../../../wire/credential-scope';
import type { Host } from '../../../wire/host';
import { forbidden } from '../api-response';
import { methodArn } from '../lambda-integration';
import type { Authorization, Exchange } from '../request-context';

const SIGNED = /^AWS4-HMAC-SHA256 .*SignedHeaders=[^,\s]+.*Signature=[0-9a-f]{64}/;

/**
 * Route authorization `AWS_IAM`: the request is signed for `execute-api` in this region, by somebody who may
 * `execute-api:Invoke` its method and path. Throws the refusal 403 otherwise.
 * Like everywhere in the embedded AWS the key says who calls; the signature's digest is not checked.
 */
export function authorizeIam(host: Host, authorizer: Authorizer | undefined, exchange: Exchange): Authorization {
  const { headers, rawQuery, rawPath } = exchange.request;
  const query = new URLSearchParams(rawQuery);
  const isSigned = headers.authorization ? SIGNED.test(headers.authorization) : query.has('X-Amz-Signature');
  const scope = isSigned ? readCredentialScope(headers.authorization, query) : undefined;
  if (!scope) throw forbidden('The request is not signed with Signature Version 4.');
  if (scope.service !== 'execute-api' || scope.region !== host.region) {
    throw forbidden(
      `Credential should be scoped to execute-api in ${host.region}, not ${scope.service} in ${scope.region}.`,
    );
  }
  try {
    const caller = authorizer?.identify(scope.accessKeyId) ?? administrator(host);
    const resource = methodArn(host, exchange, rawPath);
    authorizer?.authorize(caller, 'execute-api', { action: 'execute-api:Invoke', resource }, undefined);
    return { iam: describe(caller, scope.accessKeyId) };
  } catch (error) {
    if (error instanceof AwsError) throw forbidden(error.message);
    throw error;
  }
}

function administrator({ accountId }: Host): Caller {
  return { kind: 'user', arn: `arn:aws:iam::${accountId}:user/local`, accountId };
}

/** `userId` is the name behind the ARN's last colon where AWS has a unique id. */
function describe(caller: Caller, accessKey: string): Record<string, string | null> {
  const userArn = caller.kind === 'service' ? caller.sourceArn : caller.arn;
  const userId = userArn.split('/').slice(1).join(':') || userArn;
  return {
    accessKey,
    accountId: caller.accountId,
    callerId: userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn,
    userId,
  };
}
