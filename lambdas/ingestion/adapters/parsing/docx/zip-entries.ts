/**
 * Reads what a ZIP archive says of its entries, without inflating any. Refuses archives that a DOCX never is: encrypted, of several
 * disks, ZIP64, with entries that share bytes. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { DocumentRefused } from '../../../contracts/errors';
import { PARSING_LIMITS } from '../limits';

/** An entry of the central directory. */
export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly compressedBytes: number;
  readonly inflatedBytes: number;
  /** Where its data begins. */
  readonly dataStart: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/** The entries in order. Throws DocumentRefused when the archive is broken or of a kind that is not read. */
export function zipEntries(zip: Buffer): ZipEntry[] {
  const end = endRecord(zip);
  const count = zip.readUInt16LE(end + 10);
  const start = zip.readUInt32LE(end + 16);
  if (count > PARSING_LIMITS.entries) throw new DocumentRefused(`The archive has ${count} entries, too many.`);
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== ENTRY_SIGNATURE) throw broken();
    entries.push(entryAt(zip, at));
    at += ENTRY_BYTES + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  refuseOverlaps(entries);
  return entries;
}

function entryAt(zip: Buffer, at: number): ZipEntry {
  const flags = zip.readUInt16LE(at + 8);
  const method = zip.readUInt16LE(at + 10);
  if (flags & 1) throw new DocumentRefused('The archive is encrypted.');
  if (method !== STORED && method !== DEFLATED)
    throw new DocumentRefused('The archive is compressed in a way that DOCX has not.');
  const local = zip.readUInt32LE(at + 42);
  if (local + LOCAL_BYTES > zip.length || zip.readUInt32LE(local) !== LOCAL_SIGNATURE) throw broken();
  const entry = {
    name: zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + zip.readUInt16LE(at + 28)),
    isDeflated: method === DEFLATED,
    compressedBytes: zip.readUInt32LE(at + 20),
    inflatedBytes: zip.readUInt32LE(at + 24),
    dataStart: local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28),
  };
  if (entry.dataStart + entry.compressedBytes > zip.length) throw broken();
  return entry;
}

/** Where the record is that ends an archive: the last one that the bytes after it agree with. */
function endRecord(zip: Buffer): number {
  const earliest = Math.max(0, zip.length - END_BYTES - LONGEST_COMMENT);
  for (let at = zip.length - END_BYTES; at >= earliest; at--) {
    if (zip.readUInt32LE(at) === END_SIGNATURE && at + END_BYTES + zip.readUInt16LE(at + 20) <= zip.length) return at;
  }
  throw broken();
}

/** Entries that share data make a bomb of a few kilobytes. */
function refuseOverlaps(entries: readonly ZipEntry[]): void {
  const byPlace = [...entries].sort((a, b) => a.dataStart - b.dataStart);
  for (const [index, { dataStart }] of byPlace.entries()) {
    const before = byPlace[index - 1];
    if (before && before.dataStart + before.compressedBytes > dataStart) throw broken();
  }
}

function broken(): DocumentRefused {
  return new DocumentRefused('The archive of the DOCX is broken.');
}
