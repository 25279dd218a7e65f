/**
 * Owns the question whether a request comes from a web page that has no business here: any site that is open in a browser can
 * reach the loopback. Knows such a request by its Host (DNS rebinding), its Origin, and what browsers say of its source.
 * Cannot know a program that forges these headers: that runs on this machine already.
 * https://www.w3.org/TR/fetch-metadata/
 */
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_HOSTS = /^(sync-)?(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Whether the host that a request names is this machine's loopback. */
export function namesLoopback(headers: IncomingHttpHeaders): boolean {
  // HTTP/2 names the host by a header of its own.
  return LOOPBACK_HOSTS.test(headers.host ?? String(headers[':authority']));
}

/** Whether the page of another site, or of another port, makes a request. Following a link or typing an address is not that. */
export function comesFromOtherSite(headers: IncomingHttpHeaders, method: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  const isOther = site === 'cross-site' || site === 'same-site';
  return isOther && !(method === 'GET' && headers['sec-fetch-mode'] === 'navigate');
}
