import { holds } from './expressions/condition';
import type { Condition } from './expressions/condition-model';
import type { Entry, Item } from './model';

const PAGE_LIMIT_BYTES = 1024 * 1024;

/** One page of a Query or Scan. */
export interface Page {
  readonly items: readonly Item[];
  readonly scannedCount: number;
  readonly sizeBytes: number;
  /** The entry after which the next page begins; set when the page ended for its limit or its size. */
  readonly last: Entry | undefined;
}

/**
 * Reads entries until `limit` of them were looked at or they add up to 1 MB, both counted before the filter.
 * As on AWS, a page that ends exactly with the data names a last entry all the same.
 */
export function readPage(
  entries: Iterable<Entry>,
  limit: number | undefined,
  filter: Condition | undefined,
  itemOf: (entry: Entry) => Item,
): Page {
  const items: Item[] = [];
  let scannedCount = 0;
  let sizeBytes = 0;
  for (const entry of entries) {
    scannedCount++;
    sizeBytes += entry.sizeBytes;
    const item = itemOf(entry);
    if (!filter || holds(filter, item)) items.push(item);
    if (scannedCount === limit || sizeBytes >= PAGE_LIMIT_BYTES) return { items, scannedCount, sizeBytes, last: entry };
  }
  return { items, scannedCount, sizeBytes, last: undefined };
}
