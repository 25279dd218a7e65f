/** Marks an array as a JSONata sequence: one of a single item then stands for that item, an empty one for nothing. */
export function asSequence<T>(items: T[]): T[] {
  Object.defineProperty(items, 'sequence', { enumerable: false, value: true });
  return items;
}
