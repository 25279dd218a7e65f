import { invalidParameter } from './faults';

/** Part of a list, as `Marker` and `MaxItems` ask for it; at most 50 items, AWS's own page. */
export function page<Item>(
  items: readonly Item[],
  { Marker, MaxItems }: { Marker?: string; MaxItems?: number | string },
): { items: Item[]; NextMarker?: string } {
  const at = Marker === undefined ? '0' : Buffer.from(Marker, 'base64').toString();
  const start = Number(at);
  if (!/^\d+$/.test(at)) throw invalidParameter(`Marker is not valid: ${Marker}`);
  const end = start + Math.min(50, Math.max(1, Number(MaxItems ?? 50) || 50));
  return {
    items: items.slice(start, end),
    NextMarker: end < items.length ? Buffer.from(String(end)).toString('base64') : undefined,
  };
}
