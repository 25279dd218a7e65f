import { STATUS_CODES } from 'node:http';
import type { Json } from '../../../engine/contract';
import { AwsError } from '../../../wire/aws-error';
import { connectionSecret } from './http/connection-secret';
import { exchange, isLoopback } from './http/http-exchange';
import type { HttpAnswer } from './http/http-message';
import { httpRequest } from './http/http-request';
import { type HttpTaskParameters, readHttpTask, runtimeFault } from './http/task-parameters';
import { type Integration, machineOf, objectParameters, type TaskCall, TaskFault } from './integration';
import { unknownAction } from './optimized';

/**
 * `http:invoke`: an HTTPS API, called with the secrets of an EventBridge connection. `reachableHosts` are the hosts
 * beyond this machine that may be called.
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
 */
export function httpInvoke(reachableHosts: readonly string[]): Integration {
  return async (call) => {
    if (call.action !== 'invoke') throw unknownAction(call);
    const task = readHttpTask(objectParameters(call));
    refuseForbidden(call, task);
    const secret = await connectionSecret(call, task.connectionArn);
    const request = httpRequest(task, secret, call.host.region);
    refuseUnreachable(call, task.url, reachableHosts);
    const answer = await exchange(request, call.host.kernel.clock, call.signal);
    call.exchanged?.(httpRequest(task, undefined, call.host.region), request, answer);
    return outputOf(answer, task.method);
  };
}

function refuseForbidden(call: TaskCall, { endpoint, method }: HttpTaskParameters): void {
  const context = { 'states:HTTPEndpoint': endpoint, 'states:HTTPMethod': method };
  // The children of a Map Run act for their parent's machine.
  const resource = machineOf(call.executionArn).split('/')[0]!;
  try {
    call.host.authorize(call.caller, 'states', { action: 'states:InvokeHTTPEndpoint', resource, context });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new TaskFault(
      'States.Http.AccessDenied',
      `AWS Step Functions is not authorized to perform states:InvokeHTTPEndpoint on API Endpoint ${endpoint}. ` +
        'Ensure that the StateMachine role contains the states:InvokeHTTPEndpoint permission for the given API Endpoint',
    );
  }
}

/** As on a machine without a network; whoever runs this is told what to do. */
function refuseUnreachable(call: TaskCall, url: URL, reachableHosts: readonly string[]): void {
  if (isLoopback(url.hostname)) return;
  if (!reachableHosts.includes(url.hostname)) {
    const cause =
      `The host '${url.hostname}' cannot be reached: the embedded AWS calls HTTP endpoints of this machine alone, ` +
      'and those that it was told to reach';
    call.host.warn(`HTTP Task of ${call.executionArn}: ${cause}`);
    throw new TaskFault('States.Http.Socket', cause);
  }
  if (url.protocol !== 'https:') throw runtimeFault(`The ApiEndpoint must begin with https:// but was: ${url.href}`);
}

function outputOf(answer: HttpAnswer, method: string): string {
  const { statusCode, headers, body } = answer;
  const statusText = answer.statusText || (STATUS_CODES[statusCode] ?? '');
  // All that AWS keeps of a refusal is its status.
  if (statusCode < 200 || statusCode > 299) throw new TaskFault(`States.Http.StatusCode.${statusCode}`, statusText);
  const hasBody = method !== 'HEAD' && body.length > 0;
  const output: { [key: string]: Json } = { Headers: headers as Json };
  if (hasBody) output.ResponseBody = readBody(body, headers['content-type']?.[0] ?? '');
  return JSON.stringify({ ...output, StatusCode: statusCode, StatusText: statusText });
}

function readBody(body: Buffer, contentType: string): Json {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (type === 'application/octet-stream' || /^(?:image|video|audio)\//.test(type)) {
    throw runtimeFault(`Responses of the content type '${type}' are not supported`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw runtimeFault('The response cannot be read as text');
  }
  if (type !== 'application/json' && !type.endsWith('+json')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
