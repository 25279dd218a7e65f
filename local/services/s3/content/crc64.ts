/** CRC-64/NVME, in two halves of 32 bits. https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme */
import type { Digest } from './digest';

/** The polynomial 0xad93d23594c93659, reflected. */
const HIGH_POLYNOMIAL = 0x9a6c9329;
const LOW_POLYNOMIAL = 0xac4bc9b5;

const HIGH = new Uint32Array(256);
const LOW = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (isOdd) {
      high ^= HIGH_POLYNOMIAL;
      low ^= LOW_POLYNOMIAL;
    }
  }
  HIGH[byte] = high;
  LOW[byte] = low;
}

/** A running CRC-64/NVME. */
export class Crc64 implements Digest {
  private high = 0xffffffff;
  private low = 0xffffffff;

  update(bytes: Uint8Array): void {
    let { high, low } = this;
    for (let i = 0; i < bytes.length; i++) {
      const index = (low ^ bytes[i]!) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ LOW[index]!;
      high = (high >>> 8) ^ HIGH[index]!;
    }
    this.high = high;
    this.low = low;
  }

  digest(): Buffer {
    const result = Buffer.alloc(8);
    result.writeUInt32BE((this.high ^ 0xffffffff) >>> 0, 0);
    result.writeUInt32BE((this.low ^ 0xffffffff) >>> 0, 4);
    return result;
  }
}
