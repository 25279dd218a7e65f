import type { DocumentRow, DocumentStatus } from './document';

/** A page of a tenant's documents, by status and path. */
export interface DocumentPage {
  readonly documents: readonly DocumentRow[];
  readonly cursor?: string;
}

/** The port to the rows of documents. Reads are consistent. */
export interface DocumentStore {
  find(documentKey: string): Promise<DocumentRow | undefined>;
  /** Those that exist, by key. */
  findMany(documentKeys: readonly string[]): Promise<ReadonlyMap<string, DocumentRow>>;
  /** Writes a row if it is still at the revision before; `row.revision` is the new one. */
  save(row: DocumentRow): Promise<'saved' | 'conflict'>;
  /** Throws InvalidCursor for a cursor that is none of this list. */
  list(query: { tenant: string; status?: DocumentStatus; limit: number; cursor?: string }): Promise<DocumentPage>;
  /** Documents with hidden vectors that were due before a moment, the longest waiting first. */
  due(query: { before: number; limit: number; cursor?: string }): Promise<{ documentKeys: string[]; cursor?: string }>;
}

/** The cursor is not one that the list gave. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}
