import type { ObjectVersion } from './job';

/** What S3 says of an object without its bytes. */
export interface ObjectFacts {
  readonly versionId: string;
  readonly sizeBytes: number;
  readonly contentType?: string;
  /** Milliseconds since the epoch, to the second. */
  readonly modifiedAt: number;
}

/** The port to documents as they were uploaded. */
export interface SourceStore {
  /** Facts of a version, or of the current one; undefined when there is none or it was deleted. */
  head(object: { bucket: string; key: string; versionId?: string }): Promise<ObjectFacts | undefined>;
  /** The bytes of a version; undefined when it is gone. */
  read(object: ObjectVersion): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** The port to what stages hand each other. */
export interface WorkStore {
  /** A whole small object; undefined when there is none. */
  get(key: string): Promise<Buffer | undefined>;
  /** The bytes of an object from `fromByte` on. Throws an Error that names the key when there is none. */
  stream(key: string, fromByte?: number): Promise<AsyncIterable<Uint8Array>>;
  put(key: string, body: string | Uint8Array): Promise<void>;
}

/** The port to a long object that is written as it comes. */
export interface WorkStreamWriter {
  /** Writes pieces as one object, which appears whole or not at all. */
  putStream(key: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void>;
}
