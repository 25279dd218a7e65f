/**
 * Owns the way of requests whose bodies may be of any size (S3): they reach the service before their body is read, and the
 * answer's body leaves as it is read. A body that nobody has read is drained, so that the connection can go on.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { AwsError } from './aws-error';
import { ANONYMOUS } from './caller';
import { readCredentialScope } from './credential-scope';
import { actionOf, type Gateway } from './gateway';
import type { RestXmlProtocol, Service, StreamedRequest, StreamedResponse } from './service';
import type { WireRequest } from './wire-request';

/** A service and how it reads such requests. */
export interface Streaming {
  readonly service: Service;
  readonly protocol: RestXmlProtocol;
}

/** The service that a signed request is for, when it reads bodies itself. Requests with a target never are. */
export function signedForStreaming(gateway: Gateway, message: IncomingMessage): Streaming | undefined {
  if (message.headers['x-amz-target'] !== undefined) return undefined;
  const url = message.url ?? '';
  const { authorization } = message.headers;
  if (authorization === undefined && !url.includes('X-Amz-Credential')) return undefined;
  const scope = readCredentialScope(authorization, new URLSearchParams(url.slice(url.indexOf('?') + 1)));
  return scope && streaming(gateway.serviceByName(scope.service));
}

/** The service that an unsigned request is for, when one such takes its path. */
export function unsignedForStreaming(gateway: Gateway, message: IncomingMessage): Streaming | undefined {
  const { url = '/', headers } = message;
  if (headers['x-amz-target'] !== undefined || headers.authorization !== undefined) return undefined;
  if (url.includes('X-Amz-Credential')) return undefined;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return gateway.registered.map(streaming).find((candidate) => candidate?.protocol.takesUnsigned(path));
}

function streaming(service: Service | undefined): Streaming | undefined {
  const protocol = service?.protocols.find((candidate) => candidate.kind === 'rest-xml');
  return service && protocol?.kind === 'rest-xml' ? { service, protocol } : undefined;
}

/** Carries out the action that the service finds in a request. Rejects with defects of ours alone. */
export async function answerRestXml(
  gateway: Gateway,
  { service, protocol }: Streaming,
  incoming: WireRequest,
  body: AsyncIterable<Buffer>,
): Promise<StreamedResponse> {
  const { method, rawPath, query, headers, requestId } = incoming;
  let request: StreamedRequest = { method, rawPath, query, headers, body, requestId, caller: ANONYMOUS };
  try {
    if (incoming.scopedService !== undefined) request = { ...request, caller: incoming.caller() };
    const { action: name, input } = await protocol.read(request);
    const action = actionOf(service, name);
    if (!action) {
      gateway.reportUnknown(service.name, name, incoming);
      throw new AwsError('NotImplemented', `The embedded AWS does not have this operation: ${name}.`, 501);
    }
    const output = await gateway.perform(service, name, action, input, request.caller, incoming);
    return protocol.write(name, output, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return protocol.writeError(error, request);
  }
}

/** A body that has been read already. */
export async function* onePiece(body: Buffer): AsyncGenerator<Buffer> {
  if (body.length > 0) yield body;
}

/** Sends an answer, piece by piece when its body is a stream; a stream that fails breaks the connection off. */
export function sendStreamed(message: IncomingMessage, response: ServerResponse, answer: StreamedResponse): void {
  const { statusCode, headers = {}, body } = answer;
  // An answer may come while the client still sends.
  message.resume();
  if (response.destroyed) {
    if (body instanceof Readable) body.destroy();
    return;
  }
  response.writeHead(statusCode, headers as Record<string, string>);
  if (body instanceof Readable) pipeline(body, response, () => undefined);
  else response.end(body);
}
