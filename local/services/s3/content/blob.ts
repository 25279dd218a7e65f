import { createReadStream } from 'node:fs';
import path from 'node:path';

/** Bytes as the journal has them: themselves, or the name of the file in which they lie. */
export type DurableBlob =
  | { readonly bytes: Uint8Array }
  | { readonly file: string; readonly sizeBytes: number }
  | { readonly parts: readonly DurableBlob[] };

/** Bytes that do not change. Whoever keeps a blob retains it; the last one to release it frees what it occupies. */
export interface Blob {
  readonly sizeBytes: number;
  /** The bytes from `start` up to and without `end`. */
  read(start: number, end: number): AsyncIterable<Buffer>;
  /** The bytes when they are at hand without reading a file. */
  atHand(start: number, end: number): Buffer | undefined;
  retain(): void;
  release(): void;
  durable(): DurableBlob;
}

/** Bytes in memory. */
export class MemoryBlob implements Blob {
  constructor(private readonly bytes: Buffer) {}

  get sizeBytes(): number {
    return this.bytes.length;
  }

  async *read(start: number, end: number): AsyncGenerator<Buffer> {
    if (end > start) yield this.bytes.subarray(start, end);
  }

  atHand(start: number, end: number): Buffer {
    return this.bytes.subarray(start, end);
  }

  retain(): void {}
  release(): void {}

  durable(): DurableBlob {
    return { bytes: this.bytes };
  }
}

const READ_BYTES = 256 * 1024;

/** Bytes in a file, which is removed when nobody keeps or reads them any more. */
export class FileBlob implements Blob {
  private users = 0;

  constructor(
    private readonly path: string,
    readonly sizeBytes: number,
    private readonly remove: (path: string) => void,
  ) {}

  /** The file stays from now on until the reader is done. */
  read(start: number, end: number): AsyncIterable<Buffer> {
    this.retain();
    return this.readThenRelease(start, end);
  }

  private async *readThenRelease(start: number, end: number): AsyncGenerator<Buffer> {
    try {
      if (end > start) yield* createReadStream(this.path, { start, end: end - 1, highWaterMark: READ_BYTES });
    } finally {
      this.release();
    }
  }

  atHand(): undefined {
    return undefined;
  }

  retain(): void {
    this.users++;
  }

  release(): void {
    if (--this.users === 0) this.remove(this.path);
  }

  durable(): DurableBlob {
    return { file: path.basename(this.path), sizeBytes: this.sizeBytes };
  }
}

/** Blobs one after the other: the parts of a multipart upload. */
export class JoinedBlob implements Blob {
  readonly sizeBytes: number;

  constructor(private readonly parts: readonly Blob[]) {
    this.sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  }

  read(start: number, end: number): AsyncIterable<Buffer> {
    const readers: AsyncIterable<Buffer>[] = [];
    let offset = 0;
    for (const part of this.parts) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, part.sizeBytes);
      if (from < to) readers.push(part.read(from, to));
      offset += part.sizeBytes;
    }
    return oneAfterTheOther(readers);
  }

  atHand(start: number, end: number): Buffer | undefined {
    const only = this.parts.length === 1 ? this.parts[0] : undefined;
    return only?.atHand(start, end);
  }

  retain(): void {
    for (const part of this.parts) part.retain();
  }

  release(): void {
    for (const part of this.parts) part.release();
  }

  durable(): DurableBlob {
    return { parts: this.parts.map((part) => part.durable()) };
  }
}

async function* oneAfterTheOther(readers: readonly AsyncIterable<Buffer>[]): AsyncGenerator<Buffer> {
  for (const reader of readers) yield* reader;
}
