/**
 * Owns the reading of deployment packages: the central directory of a ZIP file, stored and deflated entries.
 * Refuses encrypted, split and ZIP64 archives, entries that would land outside the folder, symbolic links, and more than 250 MB
 * unpacked: an archive is somebody's upload, and its numbers are not believed.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { invalidParameter } from './faults';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const UNPACKED_LIMIT_BYTES = 262_144_000;

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT_BYTES = 65_535;
const STORED = 0;
const DEFLATED = 8;
const IS_ENCRYPTED = 1;
const TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly headerAt: number;
}

/** Throws InvalidParameterValueException, in AWS's words, unless the bytes are a ZIP file with at least one file in it. */
export function checkZip(archive: Buffer): void {
  if (entriesOf(archive).length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
}

/** Writes the files of an archive into a folder that exists. Throws InvalidParameterValueException as {@link checkZip} does. */
export function unpackZip(archive: Buffer, folder: string): void {
  for (const entry of entriesOf(archive)) {
    const path = join(folder, entry.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contentOf(archive, entry));
  }
}

/** The files of the archive; folders are left out. */
function entriesOf(archive: Buffer): Entry[] {
  try {
    const end = endOf(archive);
    const count = archive.readUInt16LE(end + 10);
    const entries: Entry[] = [];
    let total = 0;
    let at = archive.readUInt32LE(end + 16);
    for (let index = 0; index < count; index++) {
      if (archive.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw unreadable();
      const nameBytes = archive.readUInt16LE(at + 28);
      const name = archive.toString('utf8', at + 46, at + 46 + nameBytes).replaceAll('\\', '/');
      if (archive.readUInt16LE(at + 8) & IS_ENCRYPTED) throw unreadable();
      const isLink = ((archive.readUInt32LE(at + 38) >>> 16) & TYPE_MASK) === SYMBOLIC_LINK;
      if (isLink || isOutside(name)) throw unreadable();
      const entry = {
        name,
        method: archive.readUInt16LE(at + 10),
        packedBytes: archive.readUInt32LE(at + 20),
        unpackedBytes: archive.readUInt32LE(at + 24),
        headerAt: archive.readUInt32LE(at + 42),
      };
      total += entry.unpackedBytes;
      if (total > UNPACKED_LIMIT_BYTES) {
        throw invalidParameter(`Unzipped size must be smaller than ${UNPACKED_LIMIT_BYTES} bytes`);
      }
      if (!name.endsWith('/')) entries.push(entry);
      at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    }
    return entries;
  } catch (error) {
    throw error instanceof RangeError ? unreadable() : error;
  }
}

/** Where the record of the archive's end begins: it is the last thing before a comment of any length. */
function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_BYTES - LONGEST_COMMENT_BYTES);
  for (let at = archive.length - END_BYTES; at >= first; at--) {
    if (archive.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  throw unreadable();
}

function isOutside(name: string): boolean {
  const path = normalize(name);
  return name === '' || name.includes('\0') || path.startsWith(sep) || path === '..' || path.startsWith(`..${sep}`);
}

function contentOf(archive: Buffer, { method, headerAt, packedBytes, unpackedBytes }: Entry): Buffer {
  try {
    if (archive.readUInt32LE(headerAt) !== LOCAL_SIGNATURE) throw unreadable();
    const from = headerAt + 30 + archive.readUInt16LE(headerAt + 26) + archive.readUInt16LE(headerAt + 28);
    const packed = archive.subarray(from, from + packedBytes);
    if (method === STORED && packed.length === unpackedBytes) return packed;
    if (method !== DEFLATED) throw unreadable();
    const content = inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) });
    if (content.length !== unpackedBytes) throw unreadable();
    return content;
  } catch {
    throw unreadable();
  }
}

function unreadable() {
  return invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.');
}
