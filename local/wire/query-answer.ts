import { AwsError } from './aws-error';
import { actionOf, type Gateway } from './gateway';
import { readQuery, writeQuery, writeQueryError } from './query-protocol';
import type { Protocol, Service } from './service';
import type { WireRequest, WireResponse } from './wire-request';

type QueryProtocol = Extract<Protocol, { kind: 'query' }>;

/** The query protocol: a form body that names the action, answered in XML. */
export async function answerQuery(
  gateway: Gateway,
  service: Service | undefined,
  request: WireRequest,
): Promise<WireResponse> {
  const protocol = service?.protocols.find((p) => p.kind === 'query') as QueryProtocol | undefined;
  const namespace = protocol?.xmlNamespace ?? '';
  try {
    const { action: actionName, version = 'NO_VERSION_SPECIFIED', input } = readQuery(request.body);
    const action = service && protocol && actionOf(service, actionName);
    if (!service || !action) {
      gateway.reportUnknown(service?.name ?? request.scopedService ?? 'no service', actionName, request);
      throw new AwsError('InvalidAction', `Could not find operation ${actionName} for version ${version}`);
    }
    const output = await gateway.perform(service, actionName, action, input, request.caller(), request);
    return xml(200, writeQuery(actionName, output, namespace, request.requestId), request.requestId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return xml(error.statusCode, writeQueryError(error, namespace, request.requestId), request.requestId);
  }
}

function xml(statusCode: number, body: string, requestId: string): WireResponse {
  return { statusCode, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
