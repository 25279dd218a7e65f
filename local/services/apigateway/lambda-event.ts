import type { Host } from '../../wire/host';
import { newTraceId, writeTraceHeader } from '../../wire/trace-header';
import { type Exchange, requestContext } from './request-context';

/** Media types whose bodies reach the function as text; all others as base64, forms and bodies without a type too. */
const TEXT = /^(text\/|application\/(json|xml|javascript|[\w.-]+\+(json|xml))\b)/i;

/** What a function is invoked with; its headers carry the trace on. */
export interface LambdaEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The event of payload format 2.0. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function lambdaEvent(host: Host, exchange: Exchange): LambdaEvent {
  const { request, api, pathParameters } = exchange;
  const query = queryParameters(request.rawQuery);
  const hasBody = request.body.length > 0;
  const isText = TEXT.test(request.headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: exchange.route?.key,
    rawPath: request.rawPath,
    rawQueryString: request.rawQuery,
    ...(request.cookies.length > 0 && { cookies: request.cookies }),
    headers: {
      ...request.headers,
      'x-amzn-trace-id': request.headers['x-amzn-trace-id'] ?? newTrace(host, exchange.receivedAtMs),
      'x-forwarded-for': request.headers['x-forwarded-for'] ?? request.sourceIp,
      'x-forwarded-port': String(api.port),
      'x-forwarded-proto': 'http',
    },
    ...(query && { queryStringParameters: query }),
    requestContext: requestContext(host, exchange),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(hasBody && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: hasBody && !isText,
  };
}

function queryParameters(rawQuery: string): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

/** HTTP APIs name a trace, but decide nothing and write no segments. */
function newTrace(host: Host, nowMs: number): string {
  return writeTraceHeader({ root: newTraceId(host.kernel.random, nowMs) });
}
