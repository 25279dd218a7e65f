import { validation } from './faults';

/** A page of a sorted list, in the form of EventBridge's list actions. */
export function pageOf<Item>(items: Item[], limit = 100, nextToken?: string): { page: Item[]; NextToken?: string } {
  const at = nextToken === undefined ? '0' : Buffer.from(nextToken, 'base64').toString();
  const from = Number(at);
  if (!/^\d+$/.test(at)) throw validation(`The token ${nextToken} is not valid.`);
  const to = from + limit;
  return {
    page: items.slice(from, to),
    NextToken: to < items.length ? Buffer.from(String(to)).toString('base64') : undefined,
  };
}
