/** `$partition(array, size)`: the array in pieces of at most `size`. */
export function partition(array: unknown, size: unknown): unknown {
  if (array === undefined) return undefined;
  const items = Array.isArray(array) ? array : [array];
  const length = Math.trunc(size as number);
  if (!(length >= 1)) throw new Error('the size of the pieces of $partition must be positive');
  const pieces: unknown[] = [];
  for (let start = 0; start < items.length; start += length) pieces.push(items.slice(start, start + length));
  return pieces;
}
