/** What a browser says of where a request comes from. */
export interface RequestSource {
  readonly origin?: string | undefined;
  readonly secFetchSite?: string | undefined;
}

/**
 * Whether a POST may come from this page. Under `no-referrer` browsers send `Origin: null` with the page's own form, and
 * vouch for it with `Sec-Fetch-Site: same-origin`. A client that sends neither header is no browser that another site
 * could steer: link and code protect.
 */
export function comesFromPage({ origin, secFetchSite }: RequestSource, pageOrigin: string): boolean {
  if (secFetchSite !== undefined && secFetchSite !== 'same-origin') return false;
  if (origin === undefined || origin === pageOrigin) return true;
  return origin === 'null' && secFetchSite === 'same-origin';
}
