/**
 * Owns where objects' bytes lie: small ones in memory, larger ones in files. The files lie in a temporary folder, which is made when it is
 * first needed and removed at the end, or in the data directory, where a file goes only when no record in the journal names it any more.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FORGETFUL_JOURNAL, type Journal, turnIsDurable } from '../../../kernel/journal';
import { type Blob, type DurableBlob, FileBlob, JoinedBlob, MemoryBlob } from './blob';

/** The largest body that stays in memory. */
const LIMIT_MEMORY_BYTES = 4 * 1024 * 1024;
/** The largest body that is written into the journal itself. */
const LIMIT_RECORD_BYTES = 64 * 1024;

export class ContentStore {
  private folder: string | undefined;
  private files = 0;
  private readonly restored = new Map<string, FileBlob>();

  constructor(private readonly journal: Journal = FORGETFUL_JOURNAL) {
    if (journal.folder === undefined) return;
    this.folder = path.join(journal.folder, 'objects');
    mkdirSync(this.folder, { recursive: true });
    this.files = Math.max(0, ...readdirSync(this.folder).map(Number));
  }

  /** A writer of new bytes, to be ended by `finish` or `discard`. */
  writer(): BlobWriter {
    const limitBytes = this.journal.folder === undefined ? LIMIT_MEMORY_BYTES : LIMIT_RECORD_BYTES;
    return new BlobWriter(
      () => this.nextPath(),
      limitBytes,
      (file) => this.remove(file),
    );
  }

  /** The bytes that a record of the journal stands for. */
  restore(durable: DurableBlob): Blob {
    if ('bytes' in durable) return new MemoryBlob(Buffer.from(durable.bytes));
    if ('parts' in durable) return new JoinedBlob(durable.parts.map((part) => this.restore(part)));
    const known = this.restored.get(durable.file);
    if (known) return known;
    const blob = new FileBlob(path.join(this.folder!, durable.file), durable.sizeBytes, (file) => this.remove(file));
    this.restored.set(durable.file, blob);
    return blob;
  }

  /** Removes the files that no record stood for: what was written when the process ended, and what had been given up. */
  removeUnknown(): void {
    if (this.journal.folder === undefined) return;
    for (const name of readdirSync(this.folder!)) {
      if (!this.restored.has(name)) rmSync(path.join(this.folder!, name), { force: true });
    }
    this.restored.clear();
  }

  /** Removes every file that is not to be kept. */
  stop(): void {
    if (this.folder && this.journal.folder === undefined) rmSync(this.folder, { recursive: true, force: true });
    this.folder = undefined;
  }

  private remove(file: string): void {
    if (this.journal.isDurable) void turnIsDurable(this.journal).then(() => rmSync(file, { force: true }));
    else rmSync(file, { force: true });
  }

  private nextPath(): string {
    this.folder ??= mkdtempSync(path.join(tmpdir(), 'stepwright-s3-'));
    return path.join(this.folder, String(++this.files));
  }
}

/** Takes bytes piece by piece. */
export class BlobWriter {
  sizeBytes = 0;
  private chunks: Buffer[] = [];
  private file: FileHandle | undefined;
  private filePath = '';

  constructor(
    private readonly newPath: () => string,
    private readonly limitMemoryBytes: number,
    private readonly remove: (path: string) => void,
  ) {}

  async write(chunk: Buffer): Promise<void> {
    this.sizeBytes += chunk.length;
    if (this.file) {
      await writeAll(this.file, chunk);
      return;
    }
    this.chunks.push(chunk);
    if (this.sizeBytes <= this.limitMemoryBytes) return;
    this.filePath = this.newPath();
    this.file = await open(this.filePath, 'w');
    for (const early of this.chunks) await writeAll(this.file, early);
    this.chunks = [];
  }

  async finish(): Promise<Blob> {
    if (!this.file) return new MemoryBlob(Buffer.concat(this.chunks));
    await this.file.close();
    return new FileBlob(this.filePath, this.sizeBytes, this.remove);
  }

  async discard(): Promise<void> {
    this.chunks = [];
    await this.file?.close();
    if (this.file) await rm(this.filePath, { force: true });
  }
}

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    written += (await file.write(chunk, written)).bytesWritten;
  }
}
