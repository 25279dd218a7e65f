import { offsetPage } from '../../wire/offset-page';
import { invalidParameter } from './faults';

const PAGE = 100;

/** One page of a list, as every list of SNS is cut. Throws InvalidParameter for a token that is none. */
export function pageOf<Item>(items: readonly Item[], token: string | undefined) {
  const page = offsetPage(items, token || undefined, PAGE, () => invalidParameter('NextToken'));
  return { items: page.items, NextToken: page.next };
}
