import type { Json } from '../../../../engine/contract';
import { authorizationHeader, type ConnectionParameter, type ConnectionSecret } from './connection-secret';
import { formEncoded } from './form-encoding';
import type { HttpRequest } from './http-message';
import { type HttpTaskParameters, runtimeFault } from './task-parameters';

/**
 * What the state asks, with what the connection adds, if one is given; where both name the same, the connection's holds.
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#http-task-data-merge
 */
export function httpRequest(
  task: HttpTaskParameters,
  secret: ConnectionSecret | undefined,
  region: string,
): HttpRequest {
  const { HeaderParameters, QueryStringParameters, BodyParameters } =
    secret?.AuthParameters.InvocationHttpParameters ?? {};
  const body = bodyText(task, BodyParameters ?? []);
  const headers: Record<string, string | string[]> = {};
  const put = (name: string, value: string | string[]) => {
    const known = Object.keys(headers).find((other) => other.toLowerCase() === name.toLowerCase());
    if (known !== undefined) delete headers[known];
    headers[name] = value;
  };
  for (const [name, values] of task.headers) put(name, values.length === 1 ? values[0]! : [...values]);
  for (const { Key, Value } of HeaderParameters ?? []) put(Key, Value);
  if (secret) put(...authorizationHeader(secret));
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  if (body !== undefined && !hasType) headers['Content-Type'] = 'application/json; charset=UTF-8';
  if (body !== undefined) headers['Content-Length'] = String(Buffer.byteLength(body));
  put('User-Agent', `Amazon|StepFunctions|HttpInvoke|${region}`);
  put('Range', 'bytes=0-262144');
  return { url: urlWithQuery(task, QueryStringParameters ?? []), method: task.method, headers, body };
}

function urlWithQuery({ url, query }: HttpTaskParameters, added: readonly ConnectionParameter[]): URL {
  const merged = new Map(query);
  for (const { Key, Value } of added) merged.set(Key, [Value]);
  const result = new URL(url);
  const parts = [...merged].map(([name, values]) => formEncoded({ [name]: [...values] }, 'REPEAT'));
  result.search = [url.search.slice(1), ...parts].filter((part) => part !== '').join('&');
  return result;
}

function bodyText(
  { body, arrayFormat }: HttpTaskParameters,
  added: readonly ConnectionParameter[],
): string | undefined {
  if (body === undefined && added.length === 0) return undefined;
  const merged = added.length === 0 ? body! : merge(body ?? {}, added);
  if (typeof merged === 'string') return arrayFormat ? encodeURIComponent(merged) : merged;
  return arrayFormat ? formEncoded(merged, arrayFormat) : JSON.stringify(merged);
}

function merge(body: Json, added: readonly ConnectionParameter[]): Json {
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw runtimeFault(
      'The body parameters of the connection cannot be merged with a RequestBody that is no JSON object',
    );
  }
  return { ...body, ...Object.fromEntries(added.map(({ Key, Value }) => [Key, Value])) };
}
