import type { Random } from '../../../../kernel/random';

/** `$shuffle(items)`: a copy in random order (Fisher and Yates). */
export function shuffle(items: unknown[] | undefined, random: Random): unknown[] | undefined {
  if (items === undefined || items.length <= 1) return items;
  const copy = items.slice();
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
