import { offsetPage } from '../../wire/offset-page';
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
  const { items: page, next } = offsetPage(items, marker, limit, invalidMarker);
  return { items: page, rest: { Truncated: next !== undefined, ...(next !== undefined && { NextMarker: next }) } };
}
