import { offsetPage } from '../../wire/offset-page';
import { badRequest } from './faults';

/** Part of a list, as `maxResults` and `nextToken` ask for it; 500 at most. */
export function page(items: readonly object[], { maxResults, nextToken }: { maxResults?: string; nextToken?: string }) {
  const size = Math.min(500, Math.max(1, Number(maxResults) || 500));
  const cut = offsetPage(items, nextToken, size, () => badRequest(`Invalid nextToken: ${nextToken}`));
  return { items: cut.items, nextToken: cut.next };
}
