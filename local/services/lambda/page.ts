import { offsetPage } from '../../wire/offset-page';
import { invalidParameter } from './faults';

/** Part of a list, as `Marker` and `MaxItems` ask for it; at most 50 items, AWS's own page. */
export function page<Item>(
  items: readonly Item[],
  { Marker, MaxItems }: { Marker?: string; MaxItems?: number | string },
): { items: Item[]; NextMarker?: string } {
  const size = Math.min(50, Math.max(1, Number(MaxItems ?? 50) || 50));
  const cut = offsetPage(items, Marker, size, () => invalidParameter(`Marker is not valid: ${Marker}`));
  return { items: cut.items, NextMarker: cut.next };
}
