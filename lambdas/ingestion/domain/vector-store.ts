/** What is kept with a vector. */
export interface VectorMetadata {
  readonly tenant: string;
  readonly documentKey: string;
  readonly versionKey: string;
  readonly kind: string;
  /** At most 200 characters; the row has it in full. */
  readonly path: string;
  readonly text: string;
  /** Headings from the outermost, joined by ` › `. */
  readonly heading: string;
  readonly chunkId: string;
  readonly position: number;
  readonly textHash: string;
}

/** A vector as it is put. */
export interface VectorRecord {
  readonly key: string;
  readonly vector: Float32Array;
  readonly metadata: VectorMetadata;
}

/** A vector that was found, nearest first. */
export interface VectorHit {
  readonly key: string;
  /** Cosine distance: 0 for the same direction. */
  readonly distance: number;
  readonly metadata: VectorMetadata;
}

/** What a query asks for: every member given must match. */
export type VectorFilter = Partial<Pick<VectorMetadata, 'tenant' | 'documentKey' | 'versionKey'>>;

/** The port to the index of vectors. */
export interface VectorStore {
  /** Puts up to MOST_PUT vectors; those of the same key are replaced. */
  put(vectors: readonly VectorRecord[]): Promise<void>;
  /** Deletes any number; keys that are not there are no error. */
  delete(keys: readonly string[]): Promise<void>;
  /** Which of any number of keys are there. */
  existing(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** The vectors of up to 100 keys, by key. */
  get(keys: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  query(query: { vector: Float32Array; topK: number; filter: VectorFilter }): Promise<VectorHit[]>;
}

/** The most vectors that one put takes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html */
export const MOST_PUT = 500;
