/**
 * Owns the numbers of an index's vectors: rows that lie one behind the other in blocks of one megabyte, so that a search
 * reads memory in order and an index grows without being copied.
 *
 * Invariant: rows 0 to `rowCount - 1` are in use, without holes; a row that is freed is filled with the last one.
 */
const BLOCK_NUMBERS = 262_144;

/** Rows of numbers of one length. */
export class VectorBlocks {
  private readonly blocks: Float32Array[] = [];
  private readonly rowsPerBlock: number;
  private used = 0;

  constructor(private readonly dimension: number) {
    this.rowsPerBlock = Math.max(1, Math.floor(BLOCK_NUMBERS / dimension));
  }

  get rowCount(): number {
    return this.used;
  }

  /** Adds a row behind the last one, and gives its number. */
  add(values: Float32Array): number {
    if (this.used === this.blocks.length * this.rowsPerBlock) {
      this.blocks.push(new Float32Array(this.rowsPerBlock * this.dimension));
    }
    this.set(this.used, values);
    return this.used++;
  }

  set(row: number, values: Float32Array): void {
    this.blockOf(row).set(values, this.offsetOf(row));
  }

  /** A view of a row; it changes when the row does. */
  get(row: number): Float32Array {
    const offset = this.offsetOf(row);
    return this.blockOf(row).subarray(offset, offset + this.dimension);
  }

  /** Frees a row by moving the last one into its place. */
  remove(row: number): void {
    this.used--;
    if (row !== this.used) this.set(row, this.get(this.used));
    const needed = Math.ceil(this.used / this.rowsPerBlock);
    // One empty block is kept, so that a row that comes and goes at the edge allocates nothing.
    if (this.blocks.length > needed + 1) this.blocks.pop();
  }

  blockOf(row: number): Float32Array {
    return this.blocks[Math.floor(row / this.rowsPerBlock)]!;
  }

  /** Where a row begins in its block. */
  offsetOf(row: number): number {
    return (row % this.rowsPerBlock) * this.dimension;
  }
}
