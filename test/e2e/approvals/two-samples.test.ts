import { SeededRandom } from '../../../local/kernel/random';
import { mannWhitney } from './two-samples';

const random = new SeededRandom('samples');
const sample = (count: number, shift = 0) => Array.from({ length: count }, () => random.next() + random.next() + shift);

it('finds no difference between samples of one distribution, and one between those of two', () => {
  const same = mannWhitney(sample(1_000), sample(1_000));
  expect(same.pValue).toBeGreaterThan(0.001);
  expect(Math.abs(same.effect)).toBeLessThan(0.1);
  const shifted = mannWhitney(sample(1_000), sample(1_000, 0.2));
  expect(shifted.pValue).toBeLessThan(1e-9);
  expect(shifted.effect).toBeLessThan(-0.2);
});

it('gives the U statistic of a published example as its effect', () => {
  // Every value of the one is above every value of the other; and two samples that alternate.
  expect(mannWhitney([4, 5, 6], [1, 2, 3]).effect).toBe(1);
  expect(mannWhitney([1, 1, 1], [1, 1, 1])).toEqual({ pValue: expect.closeTo(1, 6), effect: 0 });
});
