import { offsetPage } from '../../wire/offset-page';
import { invalidNextToken, validationException } from './faults';

/** One page of a list. Throws ValidationException, InvalidNextToken. */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults: limit, NextToken: token }: { readonly MaxResults?: number; readonly NextToken?: string },
  most: number,
  standard = most,
) {
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > most)) {
    throw validationException(
      `1 validation error detected: Value '${limit}' at 'maxResults' failed to satisfy constraint: Member must have value ` +
        `${limit > most ? `less than or equal to ${most}` : 'greater than or equal to 1'}`,
    );
  }
  const page = offsetPage(items, token, limit ?? standard, invalidNextToken);
  return { items: page.items, NextToken: page.next };
}
