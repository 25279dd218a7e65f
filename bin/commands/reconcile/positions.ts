/** A set of places in a document, from 0 up: one bit each, so that a version of a hundred thousand passages takes 12 KB. */
export class Positions {
  private bits = new Uint8Array(2);
  private count = 0;
  private end = 0;

  get size(): number {
    return this.count;
  }

  add(position: number): void {
    const byte = position >>> 3;
    if (byte >= this.bits.length) {
      const larger = new Uint8Array(Math.max(byte + 1, this.bits.length * 2));
      larger.set(this.bits);
      this.bits = larger;
    }
    if (this.has(position)) return;
    this.bits[byte]! |= 1 << (position & 7);
    this.count += 1;
    this.end = Math.max(this.end, position + 1);
  }

  has(position: number): boolean {
    return ((this.bits[position >>> 3] ?? 0) & (1 << (position & 7))) !== 0;
  }

  /** Those from a place on, ascending. */
  *from(first: number): Generator<number> {
    for (let position = first; position < this.end; position += 1) if (this.has(position)) yield position;
  }

  /** How many of the places below `limit` are in the set. */
  countBelow(limit: number): number {
    let count = this.count;
    for (const _ of this.from(limit)) count -= 1;
    return count;
  }
}
