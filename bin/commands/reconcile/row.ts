import type { ObjectVersion } from '../ingest/ingestion-stack';

/** Vectors of a version that readers do not see. */
export interface HiddenVersion {
  readonly versionKey: string;
  readonly chunkCount: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** A document's row, as far as it speaks of vectors and of what they were made of. */
export interface Row {
  readonly documentKey: string;
  readonly documentId: string;
  readonly tenant: string;
  readonly path: string;
  readonly status: 'pending' | 'visible' | 'quarantined' | 'deleted';
  readonly visible?: {
    readonly versionKey: string;
    readonly chunkCount: number;
    readonly contentHash: string;
    readonly source: ObjectVersion;
  };
  /** The object that the status speaks of. */
  readonly source?: ObjectVersion;
  readonly latestSequence?: string;
  readonly pending: readonly HiddenVersion[];
  readonly garbage: readonly HiddenVersion[];
}

/**
 * How many vectors of a version the row knows of, counted from position 0; 0 for a version that it does not know. A version that was
 * given up and announced again is known twice: the larger number counts.
 */
export function knownCount(row: Row | undefined, versionKey: string): number {
  if (!row) return 0;
  const known = [...(row.visible ? [row.visible] : []), ...row.pending, ...row.garbage];
  return Math.max(0, ...known.map((version) => (version.versionKey === versionKey ? version.chunkCount : 0)));
}
