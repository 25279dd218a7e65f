/**
 * Owns a data directory: every commit is one frame at the end of a log, written before the call returns. What a `kill -9` finds
 * written stays written; with `sync` the same holds for a loss of power, at the price of a write to the disk for each commit.
 * Refuses a directory on which another process works, and files that are damaged or of another format.
 *
 * Invariants
 * 1. The records of one commit are restored together or not at all; a later commit is never restored without an earlier one.
 * 2. A record that the end of its process tore at the end of the last log is cut off; damage elsewhere is an error that names
 *    the file and the place.
 * 3. Files stay in proportion to what is live: when more is dead than alive, and enough for it to matter, a snapshot of the live
 *    records takes their place, written in steps between which others have their turn.
 */
import { closeSync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, realpathSync, rmSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { type Entry, entryHead, readEntries } from './durable/entries';
import { FolderLock } from './durable/folder-lock';
import { FILE_HEADER, frameOf, HEAD_BYTES, readFrames } from './durable/frames';
import { JournalError } from './durable/journal-error';
import { findFiles, logPath, snapshotPath } from './durable/journal-files';
import { type JournalFile, RecordIndex } from './durable/record-index';
import { Snapshot } from './durable/snapshot';
import { writeWhole } from './durable/write-whole';
import type { Journal, JournalCollection } from './journal';

export { JournalError } from './durable/journal-error';

/** How a journal is kept. */
export interface FileJournalOptions {
  /** Waits for the disk at each commit. @default false */
  readonly sync?: boolean;
  /** Dead bytes that are not worth a snapshot. @default 16 MiB */
  readonly compactAboveBytes?: number;
  /** Is told of a commit that could not be written: nothing may be answered from then on. @default throws, which ends the process */
  readonly onFailure?: (error: Error) => void;
}

const COMPACT_ABOVE_BYTES = 16 * 1024 * 1024;

/** A value that was put since the last commit; `isAnew` when the key had been deleted since then. */
type Change = { readonly value: unknown; readonly isAnew: boolean } | undefined;

/** A journal in files of a directory. */
export class FileJournal implements Journal {
  readonly isDurable = true;
  readonly folder: string;
  private readonly lock: FolderLock;
  private readonly index = new RecordIndex();
  private readonly changes = new Map<string, Map<string, Change>>();
  private readonly changed = new Set<string>();
  /** All that counts but the log that is being written. */
  private settled: JournalFile[] = [];
  private log!: JournalFile;
  private logNumber = 0;
  private logBytes = 0;
  private settledBytes = 0;
  private snapshot: Snapshot | undefined;
  private isPlanned = false;
  private failure: Error | undefined;
  private isClosed = false;

  /** Makes the directory, or reads what is in it. Throws JournalError when it is in use, damaged or of another format. */
  constructor(
    folder: string,
    private readonly options: FileJournalOptions = {},
  ) {
    mkdirSync(folder, { recursive: true });
    this.folder = realpathSync(folder);
    this.lock = new FolderLock(this.folder);
    try {
      this.read();
    } catch (error) {
      this.lock.release();
      throw error;
    }
  }

  collection<Value>(name: string): JournalCollection<Value> {
    if (this.changes.has(name)) throw new Error(`the collection ${name} was asked for twice`);
    const changes = new Map<string, Change>();
    this.changes.set(name, changes);
    return {
      put: (key, value) => {
        const isAnew = changes.has(key) && changes.get(key)?.isAnew !== false;
        if (isAnew) changes.delete(key);
        changes.set(key, { value, isAnew });
        this.plan(name);
      },
      delete: (key) => {
        changes.delete(key);
        changes.set(key, undefined);
        this.plan(name);
      },
      restored: () => this.restored<Value>(name),
    };
  }

  commit(): void {
    if (this.changed.size === 0 || this.isClosed) return;
    if (this.failure) throw this.failure;
    const entries = this.takeChanges();
    if (entries.length === 0) return;
    this.write(entries);
    if (this.isWorthCompacting) this.startSnapshot();
  }

  /** Commits, and gives the directory up. */
  close(): void {
    if (this.isClosed) return;
    if (!this.failure) this.commit();
    this.isClosed = true;
    this.snapshot?.discard();
    this.snapshot = undefined;
    for (const { fd } of [...this.settled, this.log]) closeSync(fd);
    this.lock.release();
  }

  private plan(collection: string): void {
    this.changed.add(collection);
    if (this.isPlanned) return;
    this.isPlanned = true;
    setImmediate(() => {
      this.isPlanned = false;
      if (!this.isClosed && !this.failure) this.commit();
    });
  }

  /** Serializes what has changed. A value that cannot be kept is a defect of its service, and is named. */
  private takeChanges(): Entry[] {
    const entries: Entry[] = [];
    for (const collection of this.changed) {
      const changes = this.changes.get(collection)!;
      for (const [key, change] of changes) {
        const isKnown = this.index.has(collection, key);
        if (isKnown && (!change || change.isAnew)) entries.push({ collection, key });
        if (change) entries.push({ collection, key, value: this.bytesOf(change.value, collection, key) });
      }
      changes.clear();
    }
    this.changed.clear();
    return entries;
  }

  private bytesOf(value: unknown, collection: string, key: string): Buffer {
    try {
      return serialize(value);
    } catch (error) {
      throw this.fail(
        new JournalError(`The record ${key} of ${collection} cannot be kept: ${(error as Error).message}`),
      );
    }
  }

  private write(entries: readonly Entry[]): void {
    const heads = entries.map(entryHead);
    const frame = frameOf(
      entries.flatMap((entry, index) => (entry.value ? [heads[index]!, entry.value] : heads[index]!)),
    );
    try {
      writeWhole(this.log.fd, frame);
      if (this.options.sync) fdatasyncSync(this.log.fd);
    } catch (error) {
      throw this.fail(new JournalError(`The journal ${this.log.path} cannot be written: ${(error as Error).message}`));
    }
    let offset = this.logBytes + HEAD_BYTES;
    for (const [position, { collection, key, value }] of entries.entries()) {
      offset += heads[position]!.length;
      if (!value) this.index.delete(collection, key);
      else {
        this.index.put(collection, key, { file: this.log, offset, length: value.length, bytes: undefined });
        offset += value.length;
      }
    }
    this.logBytes += frame.length;
  }

  private fail(error: Error): Error {
    this.failure = error;
    this.options.onFailure?.(error);
    return error;
  }

  private get isWorthCompacting(): boolean {
    const deadBytes = this.settledBytes + this.logBytes - this.index.liveBytes;
    const worthBytes = this.options.compactAboveBytes ?? COMPACT_ABOVE_BYTES;
    return !this.snapshot && deadBytes > this.index.liveBytes && deadBytes > worthBytes;
  }

  /** From now on commits go to another log, while what is live in the files before it is copied. */
  private startSnapshot(): void {
    const number = this.logNumber + 1;
    this.settled.push(this.log);
    this.settledBytes += this.logBytes;
    this.openLog(number);
    this.snapshot = new Snapshot(snapshotPath(this.folder, number), [...this.index.all()]);
    this.continueSnapshot();
  }

  private continueSnapshot(): void {
    setImmediate(() => {
      const { snapshot } = this;
      if (!snapshot) return;
      this.guarded(() => {
        if (snapshot.step()) this.continueSnapshot();
        else snapshot.flush((error) => this.guarded(() => this.finishSnapshot(snapshot, error)));
      });
    });
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw this.fail(
        new JournalError(`The journal in ${this.folder} cannot be compacted: ${(error as Error).message}`),
      );
    }
  }

  private finishSnapshot(snapshot: Snapshot, error: Error | null): void {
    if (this.snapshot !== snapshot) return;
    if (error) throw error;
    const { file, bytes } = snapshot.finish();
    for (const { fd, path } of this.settled) {
      closeSync(fd);
      rmSync(path, { force: true });
    }
    this.settled = [file];
    this.settledBytes = bytes;
    this.snapshot = undefined;
  }

  private read(): void {
    const { snapshot, logs } = findFiles(this.folder);
    const paths = logs.map((number) => logPath(this.folder, number));
    const last = paths.pop();
    if (snapshot !== undefined) this.readFile(snapshotPath(this.folder, snapshot), false);
    for (const path of paths) this.readFile(path, false);
    if (last === undefined) this.openLog(1);
    else this.readLast(last, logs.at(-1)!);
  }

  private readFile(path: string, isLast: boolean): { readonly file: JournalFile; readonly wholeBytes: number } {
    const file = { path, fd: openSync(path, isLast ? 'a+' : 'r') };
    this.settled.push(file);
    const frames = readFrames(file.fd, path, isLast);
    for (let next = frames.next(); ; next = frames.next()) {
      if (next.done) {
        this.settledBytes += next.value;
        return { file, wholeBytes: next.value };
      }
      this.restoreFrame(file, next.value.offset, next.value.payload);
    }
  }

  private restoreFrame(file: JournalFile, payloadOffset: number, payload: Buffer): void {
    for (const { collection, key, value, valueOffset } of readEntries(payload)) {
      if (!value) this.index.delete(collection, key);
      else {
        const place = { file, offset: payloadOffset + valueOffset, length: value.length, bytes: value };
        this.index.put(collection, key, place);
      }
    }
  }

  /** The log that is written on, without what was torn at its end. */
  private readLast(path: string, number: number): void {
    const { file, wholeBytes } = this.readFile(path, true);
    this.settled.pop();
    this.settledBytes -= wholeBytes;
    ftruncateSync(file.fd, wholeBytes);
    this.log = file;
    this.logNumber = number;
    this.logBytes = wholeBytes === 0 ? writeWhole(file.fd, FILE_HEADER) : wholeBytes;
  }

  private openLog(number: number): void {
    const path = logPath(this.folder, number);
    this.log = { path, fd: openSync(path, 'a+') };
    this.logNumber = number;
    this.logBytes = writeWhole(this.log.fd, FILE_HEADER);
  }

  private *restored<Value>(name: string): Generator<readonly [string, Value]> {
    for (const [key, place] of this.index.records(name)) {
      if (!place.bytes) continue;
      // A copy: what is read may refer to its bytes, and would keep those of its neighbours.
      const value = deserialize(Buffer.from(place.bytes));
      place.bytes = undefined;
      yield [key, value];
    }
  }
}
