import { isPromise } from 'node:util/types';
import { AwsError } from './aws-error';
import { actionOf, type Gateway } from './gateway';
import { isTooDeep } from './json-depth';
import type { JsonProtocol } from './service';
import type { WireRequest, WireResponse } from './wire-request';

/** How a target that nobody answers to is answered. */
const NO_TARGET = { service: undefined, protocol: { kind: 'json', version: '1.0', target: '' } } as const;

const CONTENT_TYPES = { '1.0': 'application/x-amz-json-1.0', '1.1': 'application/x-amz-json-1.1' } as const;

/** AWS JSON 1.0 and 1.1: `POST /` with `X-Amz-Target: Service.Action`. A promise only when the action has to wait. */
export function answerJson(gateway: Gateway, request: WireRequest): WireResponse | Promise<WireResponse> {
  const name = request.headers['x-amz-target'] ?? '';
  const dot = name.lastIndexOf('.');
  const target = dot < 0 ? name : name.slice(0, dot);
  const actionName = dot < 0 ? '' : name.slice(dot + 1);
  const { service, protocol } = gateway.byTarget(target) ?? NO_TARGET;
  const action = service && actionOf(service, actionName);
  if (!service || !action) {
    gateway.reportUnknown(service?.name ?? (target || 'no service'), actionName, request);
    return renderError(new AwsError('UnknownOperationException', ''), protocol, request.requestId);
  }
  try {
    const input = parseBody(request.body);
    const output = gateway.perform(service, actionName, action, input, request.caller(), request);
    if (!isPromise(output)) return renderOutput(output, protocol, request.requestId);
    return output.then(
      (settled) => renderOutput(settled, protocol, request.requestId),
      (error) => renderError(error, protocol, request.requestId),
    );
  } catch (error) {
    return renderError(error, protocol, request.requestId);
  }
}

/** The body as an object; AWS answers SerializationException to anything else. */
export function parseBody(body: Buffer): object {
  if (body.length === 0) return {};
  if (isTooDeep(body))
    throw new AwsError('SerializationException', 'The request body holds too many levels of values.');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  return value;
}

function headersOf(protocol: JsonProtocol, requestId: string): Record<string, string> {
  return { 'content-type': CONTENT_TYPES[protocol.version], 'x-amzn-requestid': requestId };
}

function renderOutput(output: unknown, protocol: JsonProtocol, requestId: string): WireResponse {
  const body = output === undefined ? '{}' : JSON.stringify(output);
  return { statusCode: 200, headers: headersOf(protocol, requestId), body };
}

/** Throws on what is no AwsError. */
function renderError(error: unknown, protocol: JsonProtocol, requestId: string): WireResponse {
  if (!(error instanceof AwsError)) throw error;
  const headers = headersOf(protocol, requestId);
  const queryCode = error.details.queryErrorCode as string | undefined;
  if (protocol.hasQueryErrors) {
    headers['x-amzn-query-error'] = `${queryCode ?? error.code};${error.fault === 'client' ? 'Sender' : 'Receiver'}`;
  }
  const { queryErrorCode: _, ...details } = error.details;
  const body = { __type: `${protocol.errorNamespace ?? ''}${error.code}`, message: error.message, ...details };
  return { statusCode: error.statusCode, headers, body: JSON.stringify(body) };
}
