import type { MetadataFilter } from '../filter/parse-filter';
import type { DistanceMetric } from '../model';
import type { StoredVector, VectorSet } from '../vectors/vector-set';
import { scalarProduct, squaredDifference } from './distance';
import { Nearest } from './nearest';

/** A vector that was found. */
export interface Match {
  readonly vector: StoredVector;
  /** In 32 bits, as S3 Vectors answers it. */
  readonly distance: number;
}

/** What is searched for. */
export interface Search {
  readonly query: Float32Array;
  readonly limit: number;
  readonly metric: DistanceMetric;
  readonly filter?: MetadataFilter;
}

/** The nearest vectors that the filter admits, nearest first: all are compared, the filter first. */
export function search(vectors: VectorSet, { query, limit, metric, filter }: Search): Match[] {
  const { blocks } = vectors;
  const queryNorm = Math.sqrt(scalarProduct(query, 0, query));
  const nearest = new Nearest(limit);
  for (let row = 0; row < blocks.rowCount; row++) {
    const vector = vectors.inRow(row);
    if (filter && !filter(vector.metadata)) continue;
    const block = blocks.blockOf(row);
    const offset = blocks.offsetOf(row);
    const distance =
      metric === 'cosine'
        ? 1 - scalarProduct(block, offset, query) / (vector.norm * queryNorm)
        : squaredDifference(block, offset, query);
    if (distance <= nearest.reach) nearest.offer({ distance, sequence: vector.sequence, row });
  }
  return nearest.sorted().map(({ row, distance }) => ({
    vector: vectors.inRow(row),
    // Rounding makes the distance of a vector to itself a little less than nothing.
    distance: Math.fround(Math.max(0, distance)),
  }));
}
