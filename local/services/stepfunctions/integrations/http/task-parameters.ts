import type { Json } from '../../../../engine/contract';
import { TaskFault } from '../integration';
import { type ArrayFormat, scalarText } from './form-encoding';

/** The parameters of an HTTP Task, checked. */
export interface HttpTaskParameters {
  /** As the state gives it; what IAM decides on. */
  readonly endpoint: string;
  readonly url: URL;
  readonly method: string;
  readonly connectionArn: string;
  /** By name as written; several values are several headers. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly body: Json | undefined;
  /** Set when the body is to be form data. */
  readonly arrayFormat: ArrayFormat | undefined;
}

type Fields = { readonly [key: string]: Json };

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];
const ARRAY_FORMATS: readonly ArrayFormat[] = ['INDICES', 'REPEAT', 'COMMAS', 'BRACKETS'];
const CONNECTION_ARN = /^arn:aws[\w-]*:events:[\w-]+:\d{12}:connection\/[\w.-]+\/[\w-]+$/;

/** https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-fields */
const FORBIDDEN_HEADERS = new Set(
  (
    'a-im accept-charset accept-datetime accept-encoding authorization cache-control connection content-encoding ' +
    'content-md5 date expect forwarded from host http2-settings if-match if-modified-since if-none-match if-range ' +
    'if-unmodified-since max-forwards origin pragma proxy-authorization referer server te trailer transfer-encoding ' +
    'upgrade via warning'
  ).split(' '),
);
const FORBIDDEN_PREFIX = /^x-(?:forwarded|amz|amzn)-/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

/** Throws TaskFault States.Runtime for what AWS does not take. */
export function readHttpTask(parameters: Fields): HttpTaskParameters {
  const { ApiEndpoint: endpoint, Method: method, RequestBody: body } = parameters;
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint) || !/^https?:\/\//i.test(endpoint)) {
    throw runtimeFault(`The ApiEndpoint must be the URL of an HTTPS API but was: ${JSON.stringify(endpoint)}`);
  }
  if (typeof method !== 'string' || !METHODS.includes(method)) {
    throw runtimeFault(`The Method must be one of ${METHODS.join(', ')} but was: ${JSON.stringify(method)}`);
  }
  return {
    endpoint,
    url: new URL(endpoint),
    method,
    connectionArn: connectionOf(parameters),
    headers: readHeaders(parameters.Headers),
    query: readQuery(parameters.QueryParameters),
    body: body ?? undefined,
    arrayFormat: readTransform(parameters.Transform),
  };
}

/** The error of an HTTP Task that is wrong in itself. */
export function runtimeFault(cause: string): TaskFault {
  return new TaskFault('States.Runtime', cause);
}

function connectionOf({ Authentication, InvocationConfig }: Fields): string {
  if (Authentication !== undefined && InvocationConfig !== undefined) {
    throw runtimeFault('An HTTP Task takes either Authentication or InvocationConfig, not both');
  }
  const given = membersOf(InvocationConfig ?? Authentication)?.ConnectionArn;
  if (typeof given === 'string' && CONNECTION_ARN.test(given)) return given;
  throw runtimeFault(
    `The ConnectionArn must be the ARN of an EventBridge connection but was: ${JSON.stringify(given)}`,
  );
}

function readHeaders(given: Json | undefined): Map<string, string[]> {
  const headers = readValues('Headers', given);
  for (const [name, values] of headers) {
    const lower = name.toLowerCase();
    if (FORBIDDEN_HEADERS.has(lower) || FORBIDDEN_PREFIX.test(lower)) {
      throw runtimeFault(`The header '${name}' cannot be set by an HTTP Task`);
    }
    if (!HEADER_NAME.test(name) || values.some((value) => /[^\t\x20-\x7e\x80-\xff]/.test(value))) {
      throw runtimeFault(`The header '${name}' has a name or value that HTTP does not allow`);
    }
  }
  return headers;
}

function readQuery(given: Json | undefined): Map<string, string[]> {
  if (typeof given !== 'string') return readValues('QueryParameters', given);
  const query = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(given)) query.set(name, [...(query.get(name) ?? []), value]);
  return query;
}

/** An object whose members are values or arrays of values. */
function readValues(field: string, given: Json | undefined): Map<string, string[]> {
  if (given === undefined || given === null) return new Map();
  const members = membersOf(given);
  if (!members) throw runtimeFault(`The field ${field} must be a JSON object but was: ${JSON.stringify(given)}`);
  return new Map(
    Object.entries(members).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(scalarText)]),
  );
}

function readTransform(given: Json | undefined): ArrayFormat | undefined {
  const transform = membersOf(given) ?? {};
  const encoding = transform.RequestBodyEncoding ?? 'NONE';
  if (encoding !== 'NONE' && encoding !== 'URL_ENCODED') {
    throw runtimeFault(`The RequestBodyEncoding must be NONE or URL_ENCODED but was: ${JSON.stringify(encoding)}`);
  }
  const format = membersOf(transform.RequestEncodingOptions)?.ArrayFormat ?? 'INDICES';
  if (!ARRAY_FORMATS.includes(format as ArrayFormat)) {
    throw runtimeFault(`The ArrayFormat must be one of ${ARRAY_FORMATS.join(', ')} but was: ${JSON.stringify(format)}`);
  }
  return encoding === 'URL_ENCODED' ? (format as ArrayFormat) : undefined;
}

function membersOf(value: Json | undefined): Fields | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
}
