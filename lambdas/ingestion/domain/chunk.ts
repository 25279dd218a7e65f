/** A passage of a document, as it is embedded and found. */
export interface Chunk {
  /** 22 characters from the document, the headings and the text: the same content has the same id in every version. */
  readonly chunkId: string;
  /** The headings above it, from the outermost. */
  readonly heading: readonly string[];
  /** What is embedded is the headings and this; at most 2,000 characters. */
  readonly text: string;
  readonly kind: 'text' | 'code' | 'table';
  /** 0 for the first chunk of the document. */
  readonly position: number;
  /** SHA-256 in base64url of what is embedded: the key of the embedding cache. */
  readonly textHash: string;
}
