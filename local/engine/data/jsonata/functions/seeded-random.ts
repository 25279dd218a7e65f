import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on the seed alone: `$random(seed)`. */
export function seededRandom(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32;
}
