/** What an embedder made of a text, or that it asks to be asked less often. */
export type EmbedderAnswer =
  | { readonly kind: 'embedded'; readonly vector: Float32Array }
  | { readonly kind: 'throttled' };

/** The port to a model that makes vectors of texts. */
export interface Embedder {
  readonly model: string;
  readonly dimensions: number;
  /**
   * The vector of one text, of length 1. Throws EmbeddingFailed when the answer is none, and whatever else the
   * provider's failure is.
   */
  embed(text: string): Promise<EmbedderAnswer>;
}

/** The port to embeddings that were paid for before, by the hash of what was embedded; of one model and dimension. */
export interface EmbeddingCache {
  /** Those that are there. */
  find(textHashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  put(embeddings: ReadonlyMap<string, Float32Array>): Promise<void>;
}
