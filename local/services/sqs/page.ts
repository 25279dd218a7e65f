import { invalidParameter, invalidParameterValue } from './faults';

/** A page of a sorted list of URLs, as ListQueues and ListDeadLetterSourceQueues cut it. */
export function pageOf(urls: string[], maxResults: number | undefined, nextToken: string | undefined) {
  if (maxResults !== undefined && (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > 1000)) {
    throw invalidParameter('MaxResults', maxResults, 'Must be between 1 and 1000, if provided.');
  }
  const after = nextToken === undefined ? '' : Buffer.from(nextToken, 'base64').toString();
  if (nextToken !== undefined && !after.startsWith('http'))
    throw invalidParameterValue('Invalid or expired next token.');
  const rest = urls.filter((url) => url > after);
  const page = rest.slice(0, maxResults ?? 1000);
  const isCut = maxResults !== undefined && rest.length > page.length;
  return { urls: page, NextToken: isCut ? Buffer.from(page.at(-1)!).toString('base64') : undefined };
}
