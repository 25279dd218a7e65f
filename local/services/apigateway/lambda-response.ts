/**
 * Owns what a function's answer means to the client. Pure.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 */
import { type ApiResponse, integrationFailed } from './api-response';

const MALFORMED = "The response from the Lambda function doesn't match the format that API Gateway expects.";

/** A response from the JSON that a function returned; with no `statusCode` in it, the JSON itself is the body. */
export function readResponse(payload: Buffer): ApiResponse {
  let value: any;
  try {
    value = JSON.parse(payload.toString('utf8') || 'null');
  } catch {
    throw integrationFailed(MALFORMED);
  }
  if (value === null || typeof value !== 'object' || !('statusCode' in value)) return inferred(value);
  const statusCode = Number(value.statusCode);
  if (!Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599) throw integrationFailed(MALFORMED);
  return {
    statusCode,
    headers: { 'content-type': 'text/plain;charset=utf-8', ...readHeaders(value.headers, value.multiValueHeaders) },
    cookies: Array.isArray(value.cookies) ? value.cookies.map(String) : undefined,
    body: readBody(value.body, value.isBase64Encoded === true),
  };
}

function inferred(value: unknown): ApiResponse {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
}

function readHeaders(single: unknown, multiple: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries((single ?? {}) as object)) headers[name.toLowerCase()] = String(value);
  for (const [name, values] of Object.entries((multiple ?? {}) as object)) {
    headers[name.toLowerCase()] = [values].flat().join(',');
  }
  return headers;
}

function readBody(body: unknown, isBase64Encoded: boolean): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'object') throw integrationFailed(MALFORMED);
  return Buffer.from(String(body), isBase64Encoded ? 'base64' : 'utf8');
}
