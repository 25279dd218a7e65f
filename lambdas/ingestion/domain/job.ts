/** A version of an object in S3. */
export interface ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** How a document's way through the stages ended early. */
export interface JobOutcome {
  readonly status: 'quarantined' | 'superseded' | 'unfinished' | 'failed';
  /** In words, without the document's content; at most 300 characters. */
  readonly reason: string;
  /** The error's name. */
  readonly error: string;
}

/**
 * A document on its way through the stages, at most 1 KB: pointers, never content. Each stage adds what it made. Keys
 * are keys of the work bucket.
 */
export interface Job {
  readonly tenant: string;
  /** The document's name within its tenant. */
  readonly path: string;
  readonly source: ObjectVersion;
  readonly sizeBytes: number;
  /** Sorts as the versions of a document follow each other. */
  readonly sequence: string;
  /** SHA-256 in base64url of the object's bytes. */
  readonly contentHash: string;
  /** Names the folder of the work bucket. */
  readonly run: string;
  readonly correlationId?: string;
  /** When somebody wanted it ingested, in milliseconds since the epoch; a bulk load's documents have none. */
  readonly askedAt?: number;
  /** What Parse reads: the source itself, or what was fetched from the address that it holds. */
  readonly fetched?: { readonly object: ObjectVersion | { readonly key: string }; readonly contentType?: string };
  readonly parsed?: {
    readonly key: string;
    readonly format: string;
    readonly blockCount: number;
    /** At most 120 characters. */
    readonly title?: string;
    /** The text holds phrases that try to instruct a reader that is a model. */
    readonly hasInstructions?: boolean;
  };
  readonly chunked?: { readonly key: string; readonly chunkCount: number };
  readonly embedded?: { readonly key: string; readonly reused: number; readonly embedded: number };
  readonly upserted?: { readonly versionKey: string; readonly vectorCount: number };
  readonly outcome?: JobOutcome;
}

/** What a stage is called with, and what it answers: the same jobs, each one further or with its outcome. */
export interface StageBatch {
  readonly documents: readonly Job[];
}

/** The payload of a stage. `isSingle`: a document's failure is thrown by name instead of put into its outcome. */
export interface StageInput extends StageBatch {
  readonly isSingle?: boolean;
}
