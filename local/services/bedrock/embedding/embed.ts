import { featuresOf } from './features';
import { scramble } from './hash';

/** Places that a feature is spread over: two that meet in one place seldom meet in the others. */
const PLACES = 4;
/** Nine decimals: more would only make the answer longer, since vectors are kept as float32. */
const PRECISION = 1e9;

/**
 * The vector of a text: each feature is added to a few places that its hash names, with a sign that it names, too. Texts that
 * share words point in the same direction; the same text always gives the same vector. It knows words, and not what they mean.
 */
export function embed(text: string, dimensions: number, normalize: boolean): number[] {
  const sums = new Float64Array(dimensions);
  for (const [feature, weight] of featuresOf(text)) {
    let hash = feature;
    for (let i = 0; i < PLACES; i++) {
      hash = scramble(hash);
      const place = (hash >>> 1) % dimensions;
      sums[place]! += hash & 1 ? weight : -weight;
    }
  }
  const norm = Math.sqrt(sums.reduce((sum, value) => sum + value * value, 0));
  // Features can cancel each other out; no text may give a vector without a direction.
  if (norm === 0) return Array.from(sums, (_, place) => (place === 0 ? 1 : 0));
  return Array.from(sums, (value) => Math.round((normalize ? value / norm : value) * PRECISION) / PRECISION);
}
