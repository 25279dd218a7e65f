import { offsetPage } from '../../wire/offset-page';
import { validation } from './faults';

/** A page of a sorted list, in the form of EventBridge's list actions. */
export function pageOf<Item>(items: Item[], limit = 100, nextToken?: string): { page: Item[]; NextToken?: string } {
  const page = offsetPage(items, nextToken, limit, () => validation(`The token ${nextToken} is not valid.`));
  return { page: page.items, NextToken: page.next };
}
