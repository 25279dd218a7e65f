import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { header } from '../../../shared/http/json-body';
import { FORM_LIMIT_BYTES } from './form-body';

/** The headers that the page reads. */
const HEADERS = ['content-type', 'origin', 'sec-fetch-site'];

/** Where requests that nothing serves are sent. */
const NOWHERE = '/';

/**
 * An event with nothing in it but what the page reads: no cookies, no query, no name of a host that a caller chose. It
 * can always be turned into a Request, so that no event fails before the page can answer it. A value that is no
 * printable ASCII becomes `?`, which nothing accepts: a header that is there never counts as absent. Of a body that is
 * too large only so much is kept that it still is.
 */
export function incomingRequest(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { method } = event.requestContext.http;
  const isServed = method === 'GET' || method === 'HEAD' || method === 'POST';
  const headers = Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = header(event.headers ?? {}, name);
      return value === undefined ? [] : [[name, /^[\x20-\x7e]+$/.test(value) ? value : '?']];
    }),
  );
  return {
    ...event,
    rawPath: isServed ? pathOf(event.rawPath) : NOWHERE,
    rawQueryString: '',
    cookies: [],
    headers,
    body: method === 'POST' ? bodyOf(event).toString('base64') : undefined,
    isBase64Encoded: true,
    requestContext: {
      ...event.requestContext,
      domainName: 'page.invalid',
      http: { ...event.requestContext.http, method: isServed ? method : 'GET' },
    },
  };
}

/**
 * The path of a link, with `~` for whatever no link has: so every text is one segment, is looked up as any other, and
 * is never taken for another link. No other path is served.
 */
function pathOf(rawPath: string): string {
  const link = /^\/a\/([^/]+)$/.exec(rawPath)?.[1];
  return link === undefined ? NOWHERE : `/a/${link.replace(/[^\w-]/gu, '~')}`;
}

function bodyOf({ body, isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').subarray(0, FORM_LIMIT_BYTES + 1);
}
