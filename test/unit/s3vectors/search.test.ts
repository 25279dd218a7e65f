import { SeededRandom } from '../../../local/kernel/random';
import type { DistanceMetric } from '../../../local/services/s3vectors/model';
import { search } from '../../../local/services/s3vectors/search/search';
import { VectorSet } from '../../../local/services/s3vectors/vectors/vector-set';

const random = new SeededRandom('search');
const numbers = (dimension: number) => Float32Array.from({ length: dimension }, () => random.next() - 0.5);

/** The definition, without blocks, heaps or sums in parts. */
function distance(a: Float32Array, b: Float32Array, metric: DistanceMetric): number {
  const sum = (term: (i: number) => number) => Array.from(a).reduce((total, _, i) => total + term(i), 0);
  if (metric === 'euclidean') return sum((i) => (a[i]! - b[i]!) ** 2);
  return 1 - sum((i) => a[i]! * b[i]!) / Math.sqrt(sum((i) => a[i]! ** 2) * sum((i) => b[i]! ** 2));
}

it.each<[DistanceMetric, number]>([
  ['cosine', 7],
  ['euclidean', 7],
  ['cosine', 4096],
  ['euclidean', 1],
])('finds by %s what sorting all %i-dimensional vectors finds, also after deletions', (metric, dimension) => {
  const set = new VectorSet(dimension);
  const kept = new Map<string, Float32Array>();
  for (let i = 0; i < 300; i++) {
    const values = numbers(dimension);
    set.put({ key: `v${i}`, values, metadata: { even: i % 2 === 0 } });
    kept.set(`v${i}`, values);
  }
  for (let i = 0; i < 300; i += 3) {
    set.delete(`v${i}`);
    kept.delete(`v${i}`);
  }
  const query = numbers(dimension);
  const wanted = [...kept]
    .filter(([key]) => Number(key.slice(1)) % 2 === 0)
    .map(([key, values]) => ({ key, distance: distance(values, query, metric) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 40);
  const found = search(set, { query, limit: 40, metric, filter: ({ even }) => even === true });
  expect(found.map(({ vector }) => vector.key)).toEqual(wanted.map(({ key }) => key));
  found.forEach((match, i) => {
    expect(match.distance).toBeCloseTo(wanted[i]!.distance, 5);
  });
  expect(set.size).toBe(200);
});

it('gives vectors at the same distance in the order in which they came', () => {
  const set = new VectorSet(2);
  for (const key of ['c', 'a', 'b']) set.put({ key, values: Float32Array.of(1, 0), metadata: {} });
  const found = search(set, { query: Float32Array.of(1, 0), limit: 2, metric: 'cosine' });
  expect(found.map(({ vector }) => vector.key)).toEqual(['c', 'a']);
});
