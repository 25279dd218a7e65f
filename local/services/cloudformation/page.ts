import { validationError } from './faults';

/** Items of a page, as most lists of CloudFormation have them. */
const PAGE_SIZE = 100;

/** A page, and the token of the next one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly NextToken: string | undefined;
}

/**
 * A page of a list. The token names the last item of the page before by its key, so that a list which grows at its beginning
 * repeats nothing. Throws ValidationError for a token that no page gave.
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  token: string | undefined,
  size = PAGE_SIZE,
): Page<Item> {
  const key = token && Buffer.from(token, 'base64url').toString('utf8');
  const before = key ? items.findIndex((item) => keyOf(item) === key) : -1;
  if (key && before < 0) throw validationError('The token is invalid.');
  const page = items.slice(before + 1, before + 1 + size);
  const isLast = before + 1 + size >= items.length;
  return {
    items: page,
    NextToken: isLast ? undefined : Buffer.from(keyOf(page.at(-1)!)).toString('base64url'),
  };
}
