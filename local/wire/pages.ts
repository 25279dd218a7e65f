/**
 * Owns the pages that a service shows to a person, on the port of the APIs. They are asked for without a signature, by GET or
 * HEAD, and nobody decides on them: a page reads what its service has, and changes nothing that an API could see.
 */
import type { Gateway } from './gateway';
import type { WireRequest, WireResponse } from './wire-request';

/** Nothing is kept, nothing is guessed, nothing leaks to where a link leads, and no other site may load it. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** The page at an unsigned request's path; undefined when no service has one there. */
export function answerPage(gateway: Gateway, request: WireRequest): Promise<WireResponse> | undefined {
  const { method, rawPath, query, headers } = request;
  if (request.scopedService !== undefined || (method !== 'GET' && method !== 'HEAD')) return undefined;
  const pages = gateway.registered
    .map((service) => service.pages)
    .find((candidate) => candidate && (rawPath === candidate.path || rawPath.startsWith(`${candidate.path}/`)));
  if (!pages) return undefined;
  const answer = async () => pages.answer({ method, path: rawPath.slice(pages.path.length), query, headers });
  return answer().then((page) => ({ ...page, headers: { ...HEADERS, ...page.headers } }));
}
