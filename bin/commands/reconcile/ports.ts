import type { Row } from './row';

/** A version of an object. */
export type { ObjectVersion } from '../ingest/ingestion-stack';

/** The index of vectors. */
export interface VectorIndex {
  /** Hands over the keys of all vectors, a page at a time and in no order. */
  listKeys(onPage: (keys: readonly string[]) => void): Promise<void>;
  /** Which of any number of keys are there. */
  existing(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whose a vector says that it is; undefined when it is gone. */
  ownerOf(key: string): Promise<{ readonly tenant?: string; readonly path?: string } | undefined>;
  /** Up to 500; keys that are not there are no error. */
  delete(keys: readonly string[]): Promise<void>;
}

/** The rows of documents. Reads are consistent. */
export interface Rows {
  all(): AsyncIterable<readonly Row[]>;
  /** Those of up to 100 keys that exist, by key. */
  find(documentKeys: readonly string[]): Promise<ReadonlyMap<string, Row>>;
}

/** The bucket of documents. */
export interface Sources {
  /** Facts of a version, or of the current one; undefined when there is none. */
  head(object: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId?: string;
  }): Promise<{ readonly versionId: string; readonly sizeBytes: number } | undefined>;
}

/** The queue of documents that are ingested one by one. */
export interface IngestQueue {
  send(body: string): Promise<void>;
}
