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
  const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64').toString());
  if (!Number.isInteger(from) || from < 0) throw badRequest('The NextToken is not valid.');
  const to = from + size;
  return {
    page: items.slice(from, to),
    NextToken: to < items.length ? Buffer.from(String(to)).toString('base64') : undefined,
  };
}
