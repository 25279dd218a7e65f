import { offsetPage } from '../../wire/offset-page';
import { badRequest } from './faults';

/** Part of a sorted list, as `PageSize` and `NextToken` ask for it. */
export function pageOf<Item>(
  items: readonly Item[],
  { PageSize, NextToken }: { PageSize?: number | string; NextToken?: string },
  largest = 1000,
): { page: Item[]; NextToken?: string } {
  const size = PageSize === undefined ? largest : Number(PageSize);
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    throw badRequest(`PageSize must be between 1 and ${largest}.`);
  }
  const page = offsetPage(items, NextToken, size, () => badRequest('The NextToken is not valid.'));
  return { page: page.items, NextToken: page.next };
}
