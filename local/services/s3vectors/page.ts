import { integerBetween, lengthBetween } from './constraints';
import { invalidToken } from './faults';

/** The most buckets or indexes of a page. https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html */
const MOST = 500;

/** What ListVectorBuckets and ListIndexes ask for. */
export interface PageRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly prefix?: string;
}

/** A page of a list that is sorted by name; the token is the last name of the page before. */
export function pageByName<Item extends { readonly name: string }>(
  items: readonly Item[],
  { maxResults = MOST, nextToken, prefix }: PageRequest,
): { items: Item[]; nextToken?: string } {
  integerBetween('/maxResults', maxResults, 1, MOST);
  if (prefix !== undefined) lengthBetween('/prefix', prefix, 1, 63);
  const after = nextToken === undefined ? '' : readToken(nextToken);
  const rest = items.filter(({ name }) => name > after && name.startsWith(prefix ?? ''));
  const page = rest.slice(0, maxResults);
  return { items: page, nextToken: rest.length > page.length ? writeToken(page.at(-1)!.name) : undefined };
}

/** A token that carries a text; base64, so that nobody builds on what it says. */
export function writeToken(text: string): string {
  return Buffer.from(`after:${text}`).toString('base64');
}

/** Throws ValidationException for what {@link writeToken} did not write. */
export function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after:')) throw invalidToken();
  return text.slice('after:'.length);
}
