/**
 * Owns where objects' bytes lie: small ones in memory, larger ones in files of a temporary folder that is made when it is first needed
 * and removed at the end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Blob, FileBlob, MemoryBlob } from './blob';

/** The largest body that stays in memory. */
const LIMIT_MEMORY_BYTES = 4 * 1024 * 1024;

export class ContentStore {
  private folder: string | undefined;
  private files = 0;

  /** A writer of new bytes, to be ended by `finish` or `discard`. */
  writer(): BlobWriter {
    return new BlobWriter(() => this.nextPath());
  }

  /** Removes every file. */
  stop(): void {
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    this.folder = undefined;
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

  constructor(private readonly newPath: () => string) {}

  async write(chunk: Buffer): Promise<void> {
    this.sizeBytes += chunk.length;
    if (this.file) {
      await writeAll(this.file, chunk);
      return;
    }
    this.chunks.push(chunk);
    if (this.sizeBytes <= LIMIT_MEMORY_BYTES) return;
    this.filePath = this.newPath();
    this.file = await open(this.filePath, 'w');
    for (const early of this.chunks) await writeAll(this.file, early);
    this.chunks = [];
  }

  async finish(): Promise<Blob> {
    if (!this.file) return new MemoryBlob(Buffer.concat(this.chunks));
    await this.file.close();
    return new FileBlob(this.filePath, this.sizeBytes);
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
