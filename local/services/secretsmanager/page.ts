import { offsetPage } from '../../wire/offset-page';
import { invalidNextToken, invalidParameter } from './faults';

/** One page of a list. Throws InvalidParameterException, InvalidNextTokenException. */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults: limit, NextToken: token }: { readonly MaxResults?: number; readonly NextToken?: string },
  most: number,
) {
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > most)) {
    throw invalidParameter(`MaxResults must be between 1 and ${most}.`);
  }
  const page = offsetPage(items, token, limit ?? most, invalidNextToken);
  return { items: page.items, NextToken: page.next };
}
