import { constraintBroken, invalidMarker } from './faults';

/** How KMS pages: a limit, and a marker that stands for where to go on. */
export interface PageRequest {
  readonly Limit?: number;
  readonly Marker?: string;
}

/** One page of a list. Throws ValidationException or InvalidMarkerException. */
export function pageOf<Item>(items: readonly Item[], request: PageRequest, standard: number, most: number) {
  const { Limit: limit = standard, Marker: marker } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw constraintBroken('limit', limit, `have value between 1 and ${most}`);
  }
  const from = marker === undefined ? 0 : Number(Buffer.from(marker, 'base64').toString());
  if (!Number.isInteger(from) || from < 0 || from > items.length) throw invalidMarker();
  const to = from + limit;
  const hasMore = to < items.length;
  return {
    items: items.slice(from, to),
    rest: { Truncated: hasMore, ...(hasMore && { NextMarker: Buffer.from(String(to)).toString('base64') }) },
  };
}
