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
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString());
  if (!Number.isInteger(from) || from < 0 || from > items.length) throw invalidNextToken();
  const to = from + (limit ?? most);
  return {
    items: items.slice(from, to),
    NextToken: to < items.length ? Buffer.from(String(to)).toString('base64') : undefined,
  };
}
