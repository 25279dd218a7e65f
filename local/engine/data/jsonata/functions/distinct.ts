import { asSequence } from '../sequence';

/** `$distinct(items)`: without repetitions, in linear time, where JSONata's own compares each item with each other. */
export function distinct(items: unknown): unknown {
  if (!Array.isArray(items) || items.length <= 1) return items;
  const seen = new Set<unknown>();
  const kept = items.filter((item) => {
    const key =
      typeof item === 'object' && item !== null
        ? `json:${canonical(item)}`
        : typeof item === 'string'
          ? `text:${item}`
          : item;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return 'sequence' in items ? asSequence(kept) : kept;
}

/** The same text for equal values: members in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1));
  });
}
