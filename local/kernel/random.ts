import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** The only source of randomness of the embedded AWS. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  bytes(count: number): Buffer;
  /** A UUID of version 4, in lower case. */
  uuid(): string;
}

/** Randomness of the machine. */
export class SystemRandom implements Random {
  next(): number {
    return Math.random();
  }
  bytes(count: number): Buffer {
    return randomBytes(count);
  }
  uuid(): string {
    // Node.js draws the entropy for many at once: an eighth of the cost of sixteen fresh bytes.
    return randomUUID();
  }
}

/** The same sequence for the same seed (sfc32 seeded by a hash): makes a whole run repeatable. */
export class SeededRandom implements Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number | string) {
    const digest = createHash('sha256').update(String(seed)).digest();
    this.a = digest.readUInt32LE(0);
    this.b = digest.readUInt32LE(4);
    this.c = digest.readUInt32LE(8);
    this.d = 1;
    for (let i = 0; i < 12; i++) this.next();
  }

  next(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => Math.floor(this.next() * 256)));
  }

  uuid(): string {
    return formatUuid(this.bytes(16));
  }
}

function formatUuid(bytes: Buffer): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
