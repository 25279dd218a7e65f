/**
 * Distances of a vector in a block to a query. Four sums at a time: one sum would wait for each addition.
 * Budget: 100,000 vectors of 256 numbers in tens of milliseconds.
 */

/** The scalar product of the query and the numbers from `offset` on. */
export function scalarProduct(block: Float32Array, offset: number, query: Float32Array): number {
  const { length } = query;
  const whole = length - (length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += block[offset + i]! * query[i]!;
    b += block[offset + i + 1]! * query[i + 1]!;
    c += block[offset + i + 2]! * query[i + 2]!;
    d += block[offset + i + 3]! * query[i + 3]!;
  }
  for (let i = whole; i < length; i++) a += block[offset + i]! * query[i]!;
  return a + b + (c + d);
}

/** The sum of the squared differences. S3 Vectors answers it as it is, without the root: see the README. */
export function squaredDifference(block: Float32Array, offset: number, query: Float32Array): number {
  const { length } = query;
  const whole = length - (length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    const w = block[offset + i]! - query[i]!;
    const x = block[offset + i + 1]! - query[i + 1]!;
    const y = block[offset + i + 2]! - query[i + 2]!;
    const z = block[offset + i + 3]! - query[i + 3]!;
    a += w * w;
    b += x * x;
    c += y * y;
    d += z * z;
  }
  for (let i = whole; i < length; i++) a += (block[offset + i]! - query[i]!) ** 2;
  return a + b + (c + d);
}
