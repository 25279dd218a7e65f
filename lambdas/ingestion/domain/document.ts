import type { ObjectVersion } from './job';

/** A version as its run knows it. */
export interface DocumentVersion {
  readonly tenant: string;
  readonly path: string;
  readonly source: ObjectVersion;
  readonly sequence: string;
  readonly contentHash: string;
  readonly versionKey: string;
}

/** The version that readers see. */
export interface VisibleVersion {
  readonly versionKey: string;
  readonly sequence: string;
  readonly contentHash: string;
  readonly chunkCount: number;
  /** The number of the way from bytes to chunks that made it. */
  readonly pipeline: number;
  /** When it became visible; ISO 8601. */
  readonly indexedAt: string;
  readonly title?: string;
  /** The text holds phrases that try to instruct a reader that is a model. */
  readonly hasInstructions?: boolean;
  readonly source: ObjectVersion;
}

/** Vectors of a version that readers do not see. */
export interface HiddenVectors {
  readonly versionKey: string;
  readonly chunkCount: number;
  /** Milliseconds since the epoch: when they were first written, or given up. */
  readonly since: number;
  /** A function may still be writing them: they are deleted again later, before they are forgotten. */
  readonly mayGrow?: boolean;
}

/** Of the newest version that came to an end. */
export type DocumentStatus = 'pending' | 'visible' | 'quarantined' | 'deleted';

/** A document's row. */
export interface DocumentRow {
  readonly documentKey: string;
  readonly documentId: string;
  readonly tenant: string;
  readonly path: string;
  readonly status: DocumentStatus;
  readonly visible?: VisibleVersion;
  /** Of the newest object whose content is the visible one, or was. */
  readonly latestSequence?: string;
  /** Of the newest object that was refused. */
  readonly refusedSequence?: string;
  readonly deletedSequence?: string;
  /** Why it is quarantined, in words. */
  readonly reason?: string;
  /** The object that the status speaks of. */
  readonly source?: ObjectVersion;
  /** Vectors of versions that are on their way. */
  readonly pending: readonly HiddenVectors[];
  /** Vectors that are to be deleted and will never be visible. */
  readonly garbage: readonly HiddenVectors[];
  /** ISO 8601. */
  readonly updatedAt: string;
  /** Seconds since the epoch: when a tombstone may go. */
  readonly expiration?: number;
  /** One more with every write; a write is conditional on the one it read. */
  readonly revision: number;
}
