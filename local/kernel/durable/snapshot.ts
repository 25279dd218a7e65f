/**
 * Owns the writing of a snapshot: the live records of one moment, copied to a file of their own in small steps. The files that they
 * are copied from do not change meanwhile, whatever happens to the records.
 */
import { closeSync, fsync, openSync, renameSync, rmSync } from 'node:fs';
import { entryHead } from './entries';
import { FILE_HEADER, frameOf, HEAD_BYTES, readBytes } from './frames';
import type { JournalFile, Place } from './record-index';
import { writeWhole } from './write-whole';

/** What one step copies: about a millisecond or two of work. */
const STEP_BYTES = 1024 * 1024;

type Record = readonly [collection: string, key: string, place: Place];

/** A snapshot that is being written. */
export class Snapshot {
  private readonly unfinishedPath: string;
  private readonly fd: number;
  private readonly offsets: number[] = [];
  private written: number;

  constructor(
    private readonly path: string,
    private readonly records: readonly Record[],
  ) {
    this.unfinishedPath = `${path}.unfinished`;
    this.fd = openSync(this.unfinishedPath, 'w+');
    this.written = writeWhole(this.fd, FILE_HEADER);
  }

  /** Copies some records; false when none is left. */
  step(): boolean {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    while (this.offsets.length < this.records.length && bytes < STEP_BYTES) {
      const [collection, key, place] = this.records[this.offsets.length]!;
      const value = place.bytes ?? readBytes(place.file.fd, place.offset, place.length);
      const head = entryHead({ collection, key, value });
      this.offsets.push(this.written + HEAD_BYTES + bytes + head.length);
      pieces.push(head, value);
      bytes += head.length + value.length;
    }
    if (pieces.length === 0) return false;
    this.written += writeWhole(this.fd, frameOf(pieces));
    return true;
  }

  /** Waits for the disk: the files that the snapshot replaces are removed afterwards. */
  flush(done: (error: Error | null) => void): void {
    fsync(this.fd, done);
  }

  /** Puts the file in its place, and says of every record that it lies there. */
  finish(): { readonly file: JournalFile; readonly bytes: number } {
    renameSync(this.unfinishedPath, this.path);
    const file = { path: this.path, fd: this.fd };
    for (const [index, [, , place]] of this.records.entries()) {
      place.file = file;
      place.offset = this.offsets[index]!;
    }
    return { file, bytes: this.written };
  }

  discard(): void {
    closeSync(this.fd);
    rmSync(this.unfinishedPath, { force: true });
  }
}
