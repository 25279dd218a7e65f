import { integerBetween } from './constraints';
import { validation } from './faults';

const MOST = 100;

/** A page of a sorted list, in the form of Scheduler's list actions. Throws ValidationException. */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults = MOST, NextToken }: { readonly MaxResults?: number; readonly NextToken?: string },
): { items: Item[]; NextToken?: string } {
  integerBetween('maxResults', MaxResults, 1, MOST);
  const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64').toString() || Number.NaN);
  if (!Number.isInteger(from) || from < 0) throw validation('Invalid NextToken.');
  const to = from + MaxResults;
  return {
    items: items.slice(from, to),
    NextToken: to < items.length ? Buffer.from(String(to)).toString('base64') : undefined,
  };
}
