/** From an action's output, or its refusal, to an answer of the wire. */
import { createHash } from 'node:crypto';
import type { AwsError } from '../../../wire/aws-error';
import { ANONYMOUS } from '../../../wire/caller';
import type { StreamedRequest, StreamedResponse } from '../../../wire/service';
import { requestIdOf } from '../notifications/notifier';
import { ANSWER_HEADERS } from './headers';
import { OPERATIONS } from './operations';
import { escapeXml } from './xml';
import { writeMembers } from './xml-shape';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Writes what an action gave. */
export function writeAnswer(
  action: string,
  output: Record<string, any> = {},
  request: StreamedRequest,
): StreamedResponse {
  const operation = OPERATIONS.find((candidate) => candidate.action === action)!;
  const { answer, statusCode = 200 } = operation;
  const taken = answer && !answer.of ? answer.members : {};
  const headers = { ...commonHeaders(request), ...answerHeaders(output, taken) };
  if (action === 'GetBucketLocation') {
    const constraint = escapeXml(output.LocationConstraint ?? '');
    return xml(200, headers, `<LocationConstraint xmlns="${NAMESPACE}">${constraint}</LocationConstraint>`);
  }
  if (action === 'GetBucketPolicy') return document(200, headers, 'application/json', output.Policy);
  if (action === 'GetObject' || action === 'HeadObject') {
    const status = output.ContentRange === undefined ? 200 : 206;
    return { statusCode: status, headers, body: action === 'GetObject' ? output.Body : undefined };
  }
  if (!answer) {
    return { statusCode, headers: statusCode === 204 ? headers : { ...headers, 'content-length': '0' } };
  }
  const value = answer.of ? output[answer.of] : output;
  const { root } = answer;
  return xml(
    statusCode,
    headers,
    `<${root} xmlns="${NAMESPACE}">${writeMembers(value ?? {}, answer.members)}</${root}>`,
  );
}

/** A refusal; without a body where HTTP has none. */
export function writeRefusal(error: AwsError, request: StreamedRequest): StreamedResponse {
  const { headers: given, ...details } = error.details as { headers?: Record<string, string> };
  const headers = { ...commonHeaders(request), ...given };
  const { statusCode } = error;
  if (statusCode === 304) return { statusCode, headers };
  if (request.method === 'HEAD') return { statusCode, headers: { ...headers, 'content-type': 'application/xml' } };
  // Strangers are not told why.
  const message = error.code === 'AccessDenied' && request.caller === ANONYMOUS ? 'Access Denied' : error.message;
  const members = { Code: error.code, Message: message, ...details };
  const body = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('');
  const ids = `<RequestId>${headers['x-amz-request-id']}</RequestId><HostId>${headers['x-amz-id-2']}</HostId>`;
  return xml(statusCode, headers, `<Error>${body}${ids}</Error>`);
}

function commonHeaders({ requestId }: StreamedRequest): Record<string, string> {
  return {
    'x-amz-request-id': requestIdOf(requestId),
    'x-amz-id-2': createHash('sha384').update(requestId).digest('base64'),
    server: 'AmazonS3',
  };
}

function answerHeaders(output: Record<string, any>, taken: object): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [member, name] of Object.entries(ANSWER_HEADERS)) {
    const value = output[member];
    if (value === undefined || value === null || Object.hasOwn(taken, member)) continue;
    headers[name] = value instanceof Date ? value.toUTCString() : String(value);
  }
  for (const [name, value] of Object.entries<string>(output.Metadata ?? {}))
    headers[`x-amz-meta-${name}`] = metadataText(value);
  return headers;
}

/** Metadata that no header can hold is encoded by RFC 2047, as S3 does. */
function metadataText(value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  return `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}

function xml(statusCode: number, headers: Record<string, string>, body: string): StreamedResponse {
  return document(statusCode, headers, 'application/xml', DECLARATION + body);
}

function document(statusCode: number, headers: Record<string, string>, type: string, text: string): StreamedResponse {
  const body = Buffer.from(text);
  return { statusCode, headers: { ...headers, 'content-type': type, 'content-length': String(body.length) }, body };
}
