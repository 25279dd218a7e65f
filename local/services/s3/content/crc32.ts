/** CRC-32 (polynomial of zip) and CRC-32C (Castagnoli), eight bytes at a time. */
import type { Digest } from './digest';

const POLYNOMIALS = { CRC32: 0xedb88320, CRC32C: 0x82f63b78 } as const;

/** Eight tables in one: that of byte k begins at 256 k. */
function tablesOf(polynomial: number): Uint32Array {
  const tables = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    tables[byte] = value;
  }
  for (let index = 256; index < tables.length; index++) {
    const before = tables[index - 256]!;
    tables[index] = (before >>> 8) ^ tables[before & 0xff]!;
  }
  return tables;
}

const TABLES = { CRC32: tablesOf(POLYNOMIALS.CRC32), CRC32C: tablesOf(POLYNOMIALS.CRC32C) };

/** A running CRC of 32 bits. */
export class Crc32 implements Digest {
  private state = 0xffffffff;
  private readonly tables: Uint32Array;

  constructor(kind: keyof typeof POLYNOMIALS) {
    this.tables = TABLES[kind];
  }

  update(bytes: Uint8Array): void {
    const { tables: t } = this;
    let crc = this.state;
    let i = 0;
    for (const end = bytes.length - 7; i < end; i += 8) {
      crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
      crc =
        t[1792 + (crc & 0xff)]! ^
        t[1536 + ((crc >>> 8) & 0xff)]! ^
        t[1280 + ((crc >>> 16) & 0xff)]! ^
        t[1024 + (crc >>> 24)]! ^
        t[768 + bytes[i + 4]!]! ^
        t[512 + bytes[i + 5]!]! ^
        t[256 + bytes[i + 6]!]! ^
        t[bytes[i + 7]!]!;
    }
    for (; i < bytes.length; i++) crc = (crc >>> 8) ^ t[(crc ^ bytes[i]!) & 0xff]!;
    this.state = crc;
  }

  digest(): Buffer {
    const result = Buffer.alloc(4);
    result.writeUInt32BE((this.state ^ 0xffffffff) >>> 0);
    return result;
  }
}
