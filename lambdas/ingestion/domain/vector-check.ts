/** How far from 1 the length of a vector may be. */
const TOLERANCE = 0.01;

/** What is wrong with an embedding of length 1; undefined when nothing is. */
export function vectorFault(vector: ArrayLike<number>, dimensions: number): string | undefined {
  if (vector.length !== dimensions) return `it has ${vector.length} dimensions instead of ${dimensions}`;
  let squares = 0;
  for (let index = 0; index < vector.length; index += 1) {
    const value = vector[index]!;
    if (!Number.isFinite(value)) return `its number ${index} is not finite`;
    squares += value * value;
  }
  const length = Math.sqrt(squares);
  if (Math.abs(length - 1) > TOLERANCE) return `its length is ${length.toFixed(4)} instead of 1`;
  return undefined;
}
