import { invalidParameter } from './faults';

const PAGE = 100;

/** One page of a list, as every list of SNS is cut. Throws InvalidParameter for a token that is none. */
export function pageOf<Item>(items: readonly Item[], token: string | undefined) {
  const from = token ? Number(Buffer.from(token, 'base64').toString()) : 0;
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  const to = from + PAGE;
  return {
    items: items.slice(from, to),
    NextToken: to < items.length ? Buffer.from(String(to)).toString('base64') : undefined,
  };
}
