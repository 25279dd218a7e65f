import { AwsError } from './aws-error';
import { actionOf, type Gateway } from './gateway';
import type { Protocol } from './service';
import type { WireRequest, WireResponse } from './wire-request';

type JsonProtocol = Extract<Protocol, { kind: 'json' }>;

const ANY_JSON: JsonProtocol = { kind: 'json', version: '1.0', target: '' };

/** AWS JSON 1.0 and 1.1: `POST /` with `X-Amz-Target: Service.Action`. A promise only when the action has to wait. */
export function answerJson(gateway: Gateway, request: WireRequest): WireResponse | Promise<WireResponse> {
  const [target = '', actionName = ''] = splitTarget(request.headers['x-amz-target'] ?? '');
  const service = gateway.serviceByTarget(target);
  const protocol = (service?.protocols.find((p) => p.kind === 'json' && p.target === target) ??
    ANY_JSON) as JsonProtocol;
  const action = service && actionOf(service, actionName);
  if (!service || !action) {
    gateway.reportUnknown(service?.name ?? (target || 'no service'), actionName);
    return renderError(new AwsError('UnknownOperationException', ''), protocol, request.requestId);
  }
  try {
    const input = parseBody(request.body);
    const output = gateway.perform(service, actionName, action, input, request.caller(), request);
    if (!(output instanceof Promise)) return renderOutput(output, protocol, request.requestId);
    return output.then(
      (settled) => renderOutput(settled, protocol, request.requestId),
      (error) => renderError(error, protocol, request.requestId),
    );
  } catch (error) {
    return renderError(error, protocol, request.requestId);
  }
}

function splitTarget(target: string): [string, string] {
  const dot = target.lastIndexOf('.');
  return dot < 0 ? [target, ''] : [target.slice(0, dot), target.slice(dot + 1)];
}

/** The body as an object; AWS answers SerializationException to anything else. */
export function parseBody(body: Buffer): object {
  if (body.length === 0) return {};
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
  return { 'content-type': `application/x-amz-json-${protocol.version}`, 'x-amzn-requestid': requestId };
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
