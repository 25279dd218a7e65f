import { offsetPage } from '../../wire/offset-page';
import { integerBetween } from './constraints';
import { validation } from './faults';

const MOST = 100;

/** A page of a sorted list, in the form of Scheduler's list actions. Throws ValidationException. */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults = MOST, NextToken }: { readonly MaxResults?: number; readonly NextToken?: string },
): { items: Item[]; NextToken?: string } {
  integerBetween('maxResults', MaxResults, 1, MOST);
  const page = offsetPage(items, NextToken, MaxResults, () => validation('Invalid NextToken.'));
  return { items: page.items, NextToken: page.next };
}
