import { badRequest } from './faults';

/** Part of a list, as `maxResults` and `nextToken` ask for it; 500 at most. */
export function page(items: readonly object[], { maxResults, nextToken }: { maxResults?: string; nextToken?: string }) {
  const at = nextToken === undefined ? '0' : Buffer.from(nextToken, 'base64').toString();
  if (!/^\d+$/.test(at)) throw badRequest(`Invalid nextToken: ${nextToken}`);
  const start = Number(at);
  const end = start + Math.min(500, Math.max(1, Number(maxResults) || 500));
  const next = end < items.length ? Buffer.from(String(end)).toString('base64') : undefined;
  return { items: items.slice(start, end), nextToken: next };
}
