import { requireVariable } from '../../../shared/environment';

/** The numbers of a vector, from EMBEDDING_DIMENSIONS. Throws an Error when that is no whole number. */
export function embeddingDimensions(): number {
  const dimensions = Number(requireVariable('EMBEDDING_DIMENSIONS'));
  if (Number.isInteger(dimensions) && dimensions > 0) return dimensions;
  throw new Error('EMBEDDING_DIMENSIONS is no whole number; give the function the dimension of its index.');
}
