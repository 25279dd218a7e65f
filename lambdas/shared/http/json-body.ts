import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { escaped } from '../validation/shown-value';
import { Problem } from './problem';

/** The largest body that is read: Step Functions takes no larger input either. */
export const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * The JSON body of a request. Throws Problem: 415 when it is not announced as JSON, 413 when it is larger than
 * BODY_LIMIT_BYTES, 400 when it is no JSON in UTF-8.
 */
export function readJsonBody(event: Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>): unknown {
  const contentType = header(event.headers, 'content-type');
  if (!/^application\/(json|[\w.+-]+\+json)\s*(;.*)?$/i.test(contentType?.trim() ?? '')) {
    throw new Problem(
      415,
      'unsupported-media-type',
      'Unsupported media type',
      `The body has the content type ${contentType ? JSON.stringify(contentType.slice(0, 100)) : 'none'}; send application/json.`,
      [],
      { accept: 'application/json' },
    );
  }
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > BODY_LIMIT_BYTES) {
    throw new Problem(
      413,
      'body-too-large',
      'Body too large',
      `The body has ${bytes.length} bytes; at most ${BODY_LIMIT_BYTES} are accepted. Split the order.`,
    );
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is not UTF-8';
    throw new Problem(
      400,
      'malformed-json',
      'Malformed JSON',
      `The body is not JSON: ${escaped(reason.slice(0, 200))}`,
    );
  }
}

/** A header's value, whatever the case of its name; HTTP APIs send names in lower case. */
export function header(headers: Record<string, string | undefined>, name: string): string | undefined {
  const value = headers[name];
  if (value !== undefined) return value;
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name);
  return found === undefined ? undefined : headers[found];
}
