import { AwsError } from './aws-error';
import { actionOf, type Gateway } from './gateway';
import { parseBody } from './json-protocol';
import type { RestRequest, RestRoute, Service } from './service';
import type { WireRequest, WireResponse } from './wire-request';

/** REST-JSON: the action follows from method and path. */
export async function answerRestJson(gateway: Gateway, service: Service, request: WireRequest): Promise<WireResponse> {
  const found = findRoute(service, request);
  const action = found && actionOf(service, found.route.action);
  if (!found || !action) {
    gateway.reportUnknown(service.name, `${request.method} ${request.rawPath}`, request);
    return renderError(
      new AwsError('UnknownOperationException', 'The operation is not known.', 404),
      request.requestId,
    );
  }
  const { route, path } = found;
  try {
    const rest: RestRequest = { path, query: request.query, headers: request.headers, body: request.body };
    const input = route.read ? route.read(rest) : mergeInput(rest);
    const output = await gateway.perform(service, route.action, action, input, request.caller(), request);
    const written = route.write ? route.write(output) : writeJson(output);
    return { ...written, headers: { 'x-amzn-requestid': request.requestId, ...written.headers } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return renderError(error, request.requestId);
  }
}

function findRoute(
  service: Service,
  request: WireRequest,
): { route: RestRoute; path: Record<string, string> } | undefined {
  for (const protocol of service.protocols) {
    if (protocol.kind !== 'rest-json') continue;
    for (const route of protocol.routes) {
      if (route.method !== request.method) continue;
      const path = matchPath(route.path, request.rawPath);
      if (path) return { route, path };
    }
  }
  return undefined;
}

/** The labels of a path, decoded; undefined when the path does not match. A trailing slash is ignored, as AWS does. */
export function matchPath(pattern: string, rawPath: string): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter(Boolean);
  const given = rawPath.split('/').filter(Boolean);
  const labels: Record<string, string> = {};
  for (let i = 0; i < wanted.length; i++) {
    const part = wanted[i]!;
    if (part.startsWith('{') && part.endsWith('+}')) {
      if (given.length <= i) return undefined;
      labels[part.slice(1, -2)] = decode(given.slice(i).join('/'));
      return labels;
    }
    if (i >= given.length) return undefined;
    if (part.startsWith('{')) labels[part.slice(1, -1)] = decode(given[i]!);
    else if (part !== given[i]) return undefined;
  }
  return given.length === wanted.length ? labels : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('ValidationException', `The path holds a malformed escape: ${text}`);
  }
}

function mergeInput(request: RestRequest): object {
  return { ...parseBody(request.body), ...Object.fromEntries(request.query), ...request.path };
}

function writeJson(output: unknown): WireResponse {
  if (output === undefined) return { statusCode: 204 };
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(output) };
}

function renderError(error: AwsError, requestId: string): WireResponse {
  return {
    statusCode: error.statusCode,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.code },
    body: JSON.stringify({
      Type: error.fault === 'client' ? 'User' : 'Service',
      message: error.message,
      ...error.details,
    }),
  };
}
