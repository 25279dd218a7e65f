import type { Host } from '../../wire/host';
import type { ApiRequest } from './api-request';
import type { Api, Route, Stage } from './model';

/** What the authorization of a request adds to `requestContext.authorizer`; nothing for open routes. */
export interface Authorization {
  readonly iam?: Record<string, string | null>;
  readonly jwt?: { readonly claims: Record<string, string>; readonly scopes: readonly string[] | null };
}

/** A request on its way through an API. */
export interface Exchange {
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly api: Api;
  readonly request: ApiRequest;
  stage?: Stage;
  route?: Route;
  pathParameters: Record<string, string>;
  authorization: Authorization;
  /** How long the function took to answer, or to fail. */
  integrationMs?: number;
}

/** The `requestContext` of payload 2.0. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function requestContext(host: Host, exchange: Exchange) {
  const { api, request, authorization } = exchange;
  const hasAuthorizer = authorization.iam !== undefined || authorization.jwt !== undefined;
  return {
    accountId: host.accountId,
    apiId: api.id,
    ...(hasAuthorizer && { authorizer: authorization }),
    domainName: request.headers.host ?? `127.0.0.1:${api.port}`,
    domainPrefix: api.id,
    http: {
      method: request.method,
      path: request.rawPath,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: exchange.requestId,
    routeKey: exchange.route?.key,
    stage: exchange.stage?.name,
    time: requestTime(exchange.receivedAtMs),
    timeEpoch: exchange.receivedAtMs,
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The form of the common log format: `12/Mar/2020:19:03:58 +0000`. */
export function requestTime(ms: number): string {
  const date = new Date(ms);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const clock = date.toISOString().slice(11, 19);
  return `${day}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${clock} +0000`;
}
