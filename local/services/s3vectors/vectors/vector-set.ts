/**
 * Owns the vectors of one index: by key, in rows for the search, and in the order in which their keys came, which lists follow.
 *
 * Invariants
 * 1. A key has one vector; putting it again replaces numbers and metadata, and keeps its place in lists.
 * 2. A key that stays is listed exactly once by a list that goes on from token to token, whatever is put or deleted meanwhile.
 */
import type { Metadata, NewVector } from '../model';
import { scalarProduct } from '../search/distance';
import { VectorBlocks } from './vector-blocks';

/** A vector that is stored; its numbers lie in row `row`. */
export interface StoredVector {
  readonly key: string;
  /** Grows from key to key: the place in lists. */
  readonly sequence: number;
  row: number;
  metadata: Metadata;
  /** The length of the vector, for cosine distances. */
  norm: number;
}

/** The vectors of an index. */
export class VectorSet {
  readonly blocks: VectorBlocks;
  private readonly byKey = new Map<string, StoredVector>();
  private readonly byRow: StoredVector[] = [];
  private lastSequence = 0;

  constructor(dimension: number) {
    this.blocks = new VectorBlocks(dimension);
  }

  get size(): number {
    return this.byKey.size;
  }

  put({ key, values, metadata }: NewVector): void {
    const norm = Math.sqrt(scalarProduct(values, 0, values));
    const found = this.byKey.get(key);
    if (found) {
      this.blocks.set(found.row, values);
      Object.assign(found, { metadata, norm });
      return;
    }
    const vector = { key, sequence: ++this.lastSequence, row: this.blocks.add(values), metadata, norm };
    this.byKey.set(key, vector);
    this.byRow.push(vector);
  }

  /** Does nothing for a key that is not there. */
  delete(key: string): void {
    const vector = this.byKey.get(key);
    if (!vector) return;
    this.byKey.delete(key);
    this.blocks.remove(vector.row);
    const last = this.byRow.pop()!;
    if (last === vector) return;
    this.byRow[vector.row] = last;
    last.row = vector.row;
  }

  get(key: string): StoredVector | undefined {
    return this.byKey.get(key);
  }

  /** The vector whose numbers lie in a row. */
  inRow(row: number): StoredVector {
    return this.byRow[row]!;
  }

  /** In the order of lists, from behind a place on. */
  *after(sequence: number): Generator<StoredVector> {
    for (const vector of this.byKey.values()) if (vector.sequence > sequence) yield vector;
  }

  /** The numbers of a vector, as answers carry them. */
  numbersOf(vector: StoredVector): number[] {
    return Array.from(this.blocks.get(vector.row));
  }
}
