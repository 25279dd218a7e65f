import { asSequence } from '../sequence';

/** The longest array that `$range` makes. */
const LONGEST_RANGE = 1_000_000;

/** `$range(first, last, step)`: the numbers from first to last, both included; a single one stands for itself. */
export function range(first?: number, last?: number, step?: number): number[] | undefined {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  if (step === 0) throw new Error('the step of $range must not be 0');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (!(count <= LONGEST_RANGE)) throw new Error(`$range makes at most ${LONGEST_RANGE} items, not ${count}`);
  return asSequence(Array.from({ length: count }, (_, index) => first + index * step));
}
