import type { StoredVector, VectorSet } from './vectors/vector-set';

/** What an answer is to hold besides keys. */
export interface Wanted {
  readonly returnData?: boolean;
  readonly returnMetadata?: boolean;
}

/** A vector as GetVectors and ListVectors answer it. */
export function answerVector(set: VectorSet, vector: StoredVector, { returnData, returnMetadata }: Wanted): object {
  return {
    key: vector.key,
    data: returnData ? { float32: set.numbersOf(vector) } : undefined,
    metadata: returnMetadata ? vector.metadata : undefined,
  };
}
