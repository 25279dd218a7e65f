/**
 * Owns the bytes of a journal file: a header line, then frames, each one commit. Refuses a file of another format, and tells a
 * record that was torn by the end of its process from one that was damaged later.
 *
 * A frame is 16 bytes of head (length of the payload, its complement, 8 bytes of the payload's SHA-256) and the payload.
 */
import { createHash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';
import { JournalError } from './journal-error';

/** The only format that this version writes and reads. */
const FORMAT = 1;
export const FILE_HEADER = Buffer.from(`Stepwright journal ${FORMAT}\n`);

export const HEAD_BYTES = 16;
const HASH_OFFSET = 8;
const HASH_BYTES = 8;
const WINDOW_BYTES = 4 * 1024 * 1024;

/** Makes one frame of payload pieces. */
export function frameOf(pieces: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  const frame = Buffer.concat([head, ...pieces]);
  const length = frame.length - HEAD_BYTES;
  frame.writeUInt32LE(length, 0);
  frame.writeUInt32LE(~length >>> 0, 4);
  hashOf(frame.subarray(HEAD_BYTES)).copy(frame, HASH_OFFSET, 0, HASH_BYTES);
  return frame;
}

/** A payload and where in the file it begins. */
export interface Frame {
  readonly offset: number;
  readonly payload: Buffer;
}

/**
 * The frames of a file in order; gives back how many bytes of it are whole. `mayBeTorn` says that the file's process may have been
 * killed while it wrote: what is unfinished at the end is left out then. Throws JournalError for anything else that is not
 * as it was written.
 */
export function* readFrames(fd: number, path: string, mayBeTorn: boolean): Generator<Frame, number> {
  const file = new WindowReader(fd);
  if (isTornHeader(file)) {
    if (mayBeTorn) return 0;
    throw new JournalError(`${path} is cut off in its header.`);
  }
  checkHeader(file, path);
  let offset = FILE_HEADER.length;
  while (offset < file.sizeBytes) {
    const payload = readPayload(file, offset);
    if (typeof payload === 'string') {
      if (payload === 'unfinished' && mayBeTorn) return offset;
      throw new JournalError(`${path} is damaged at byte ${offset}: a record there is not as it was written.`);
    }
    yield { offset: offset + HEAD_BYTES, payload };
    offset += HEAD_BYTES + payload.length;
  }
  return offset;
}

function readPayload(file: WindowReader, offset: number): Buffer | 'unfinished' | 'damaged' {
  const left = file.sizeBytes - offset;
  if (left < HEAD_BYTES) return 'unfinished';
  const head = file.bytes(offset, HEAD_BYTES);
  const length = head.readUInt32LE(0);
  if (~length >>> 0 !== head.readUInt32LE(4)) return isZero(file, offset) ? 'unfinished' : 'damaged';
  if (left < HEAD_BYTES + length) return 'unfinished';
  const payload = file.bytes(offset + HEAD_BYTES, length);
  if (hashOf(payload).compare(head, HASH_OFFSET, HEAD_BYTES, 0, HASH_BYTES) === 0) return payload;
  return left === HEAD_BYTES + length ? 'unfinished' : 'damaged';
}

/** Whether nothing but zeros follows: a file that was made longer, and whose bytes never came (a loss of power). */
function isZero(file: WindowReader, from: number): boolean {
  for (let offset = from; offset < file.sizeBytes; offset += WINDOW_BYTES) {
    if (file.bytes(offset, Math.min(WINDOW_BYTES, file.sizeBytes - offset)).some((byte) => byte !== 0)) return false;
  }
  return true;
}

function isTornHeader(file: WindowReader): boolean {
  if (file.sizeBytes >= FILE_HEADER.length) return false;
  return FILE_HEADER.subarray(0, file.sizeBytes).equals(file.bytes(0, file.sizeBytes));
}

function checkHeader(file: WindowReader, path: string): void {
  const line = file.bytes(0, Math.min(64, file.sizeBytes)).toString('latin1');
  const format = /^Stepwright journal (\d+)\n/.exec(line)?.[1];
  if (format === undefined) throw new JournalError(`${path} is not a journal of Stepwright.`);
  if (Number(format) !== FORMAT) {
    throw new JournalError(
      `${path} is written in format ${format}; this version of Stepwright reads format ${FORMAT} only.`,
    );
  }
}

function hashOf(payload: Uint8Array): Buffer {
  return createHash('sha256').update(payload).digest();
}

/** Reads a file by windows; the buffers that it gives stay as they are. */
class WindowReader {
  readonly sizeBytes: number;
  private window: Buffer = Buffer.alloc(0);
  private start = 0;

  constructor(private readonly fd: number) {
    this.sizeBytes = fstatSync(fd).size;
  }

  bytes(offset: number, length: number): Buffer {
    if (offset < this.start || offset + length > this.start + this.window.length) this.load(offset, length);
    return this.window.subarray(offset - this.start, offset - this.start + length);
  }

  private load(offset: number, length: number): void {
    this.start = offset;
    this.window = readBytes(this.fd, offset, Math.min(Math.max(length, WINDOW_BYTES), this.sizeBytes - offset));
  }
}

/** Exactly these bytes of a file. */
export function readBytes(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let read = 0; read < length; ) {
    const count = readSync(fd, bytes, read, length - read, offset + read);
    if (count === 0)
      throw new JournalError(`a file of the journal ends at byte ${offset + read}, earlier than it did.`);
    read += count;
  }
  return bytes;
}
