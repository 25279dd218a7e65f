/** Marks an array as a JSONata sequence: one of a single item then stands for that item, an empty one for nothing. */
export function asSequence<T>(items: T[]): T[] {
  // A plain member, as in jsonata: its wildcard even sees it.
  (items as T[] & { sequence?: boolean }).sequence = true;
  return items;
}
