/** Owns where the bytes of every live record lie, and how many bytes the records take. */
import { sizeOf } from './entries';

/** A file of the journal, open for reading. */
export interface JournalFile {
  readonly path: string;
  readonly fd: number;
}

/** Where the value of a record lies. A record that is put again gets another place. */
export interface Place {
  file: JournalFile;
  offset: number;
  readonly length: number;
  /** The value's bytes, from the start of the process until the record has been restored. */
  bytes: Buffer | undefined;
}

/** The live records by collection and key, in the order in which their keys were first put. */
export class RecordIndex {
  /** What the live records take in files. */
  liveBytes = 0;
  private readonly collections = new Map<string, Map<string, Place>>();

  has(collection: string, key: string): boolean {
    return this.collections.get(collection)?.has(key) ?? false;
  }

  put(collection: string, key: string, place: Place): void {
    const records = this.records(collection);
    const before = records.get(key);
    if (before) this.liveBytes -= sizeOf(collection, key, before.length);
    records.set(key, place);
    this.liveBytes += sizeOf(collection, key, place.length);
  }

  delete(collection: string, key: string): void {
    const records = this.records(collection);
    const before = records.get(key);
    if (!before) return;
    records.delete(key);
    this.liveBytes -= sizeOf(collection, key, before.length);
  }

  records(collection: string): Map<string, Place> {
    const known = this.collections.get(collection);
    if (known) return known;
    const records = new Map<string, Place>();
    this.collections.set(collection, records);
    return records;
  }

  *all(): Generator<readonly [collection: string, key: string, place: Place]> {
    for (const [collection, records] of this.collections) {
      for (const [key, place] of records) yield [collection, key, place];
    }
  }
}
