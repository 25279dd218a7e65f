/**
 * Owns the order of a table's or an index's entries: partitions found by their key, entries of a partition sorted.
 *
 * Invariants
 * 1. The entries of a partition are sorted by sort key, then by tie; no two have both the same.
 * 2. Partitions are scanned in the order of a hash of their key, never of insertion, as on AWS: code that relies on the
 *    order of a Scan fails here too. The order is stable, so that a scan goes on from a key that is gone.
 * 3. A write costs a binary search and the shift of one partition; the scan order is brought up to date by the scan.
 */
import { createHash } from 'node:crypto';
import type { Entry } from './model';

interface Partition {
  readonly hash: string;
  readonly entries: Entry[];
  /** Where the partition stands in a scan; computed when the first scan needs it. */
  scanToken: string;
}

/** Entries by partition, in order. */
export class EntryCollection {
  private readonly partitions = new Map<string, Partition>();
  private scanOrder: Partition[] = [];
  private unordered: Partition[] = [];
  private hasEmptied = false;
  private entryCount = 0;
  private totalBytes = 0;

  get count(): number {
    return this.entryCount;
  }

  get sizeBytes(): number {
    return this.totalBytes;
  }

  get(hash: string, range: string, tie = ''): Entry | undefined {
    const entries = this.partitions.get(hash)?.entries;
    if (!entries) return undefined;
    const entry = entries[lowerBound(entries, range, tie)];
    return entry && entry.range === range && entry.tie === tie ? entry : undefined;
  }

  /** Puts an entry in its place, and in the stead of the one that stood there. */
  set(entry: Entry): void {
    const entries = this.partitionFor(entry.hash).entries;
    const position = lowerBound(entries, entry.range, entry.tie);
    const previous = entries[position];
    const isReplaced = previous !== undefined && previous.range === entry.range && previous.tie === entry.tie;
    if (isReplaced) this.totalBytes -= previous.sizeBytes;
    else this.entryCount++;
    this.totalBytes += entry.sizeBytes;
    if (isReplaced) entries[position] = entry;
    else if (position === entries.length) entries.push(entry);
    else entries.splice(position, 0, entry);
  }

  delete(hash: string, range: string, tie = ''): void {
    const partition = this.partitions.get(hash);
    if (!partition) return;
    const position = lowerBound(partition.entries, range, tie);
    const entry = partition.entries[position];
    if (!entry || entry.range !== range || entry.tie !== tie) return;
    partition.entries.splice(position, 1);
    this.entryCount--;
    this.totalBytes -= entry.sizeBytes;
    if (partition.entries.length === 0) {
      this.partitions.delete(hash);
      this.hasEmptied = true;
    }
  }

  /** The sorted entries of one partition. The caller must not keep the array across a write. */
  partition(hash: string): readonly Entry[] {
    return this.partitions.get(hash)?.entries ?? [];
  }

  /** Entries in scan order, of one segment out of `segments`, after the given place if there is one. */
  *scan(segment: number, segments: number, after?: Pick<Entry, 'hash' | 'range' | 'tie'>): Generator<Entry> {
    this.bringOrderUpToDate();
    const order = this.scanOrder;
    const afterToken = after && scanToken(after.hash);
    let position = afterToken === undefined ? 0 : firstAtOrAfter(order, afterToken, after!.hash);
    for (; position < order.length; position++) {
      const partition = order[position]!;
      if (segments > 1 && segmentOf(partition.scanToken, segments) !== segment) continue;
      const entries = partition.entries;
      const first = after?.hash === partition.hash ? positionAfter(entries, after.range, after.tie) : 0;
      for (let i = first; i < entries.length; i++) yield entries[i]!;
    }
  }

  /** The entries in no particular order. */
  *all(): Generator<Entry> {
    for (const partition of this.partitions.values()) yield* partition.entries;
  }

  private partitionFor(hash: string): Partition {
    const existing = this.partitions.get(hash);
    if (existing) return existing;
    const partition: Partition = { hash, entries: [], scanToken: '' };
    this.partitions.set(hash, partition);
    this.unordered.push(partition);
    return partition;
  }

  private bringOrderUpToDate(): void {
    if (this.unordered.length === 0 && !this.hasEmptied) return;
    const added = this.unordered.filter((partition) => partition.entries.length > 0);
    for (const partition of added) partition.scanToken = scanToken(partition.hash);
    added.sort(inScanOrder);
    const merged: Partition[] = [];
    let next = 0;
    for (const partition of this.scanOrder) {
      if (partition.entries.length === 0) continue;
      while (next < added.length && inScanOrder(added[next]!, partition) < 0) merged.push(added[next++]!);
      merged.push(partition);
    }
    while (next < added.length) merged.push(added[next++]!);
    this.scanOrder = merged;
    this.unordered = [];
    this.hasEmptied = false;
  }
}

/** The position of the first entry at or after a place. */
export function lowerBound(entries: readonly Entry[], range: string, tie: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle]!;
    if (entry.range < range || (entry.range === range && entry.tie < tie)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The position of the first entry after a place. */
export function positionAfter(entries: readonly Entry[], range: string, tie: string): number {
  const position = lowerBound(entries, range, tie);
  const entry = entries[position];
  return entry && entry.range === range && entry.tie === tie ? position + 1 : position;
}

/** The segment of a parallel scan to which a partition key belongs. */
export function scanSegment(hash: string, segments: number): number {
  return segmentOf(scanToken(hash), segments);
}

function scanToken(hash: string): string {
  return createHash('md5').update(hash).digest('hex');
}

function segmentOf(token: string, segments: number): number {
  return Math.floor((Number.parseInt(token.slice(0, 8), 16) / 2 ** 32) * segments);
}

function inScanOrder(left: Partition, right: Partition): number {
  if (left.scanToken !== right.scanToken) return left.scanToken < right.scanToken ? -1 : 1;
  return left.hash < right.hash ? -1 : left.hash > right.hash ? 1 : 0;
}

function firstAtOrAfter(order: readonly Partition[], token: string, hash: string): number {
  const wanted: Partition = { hash, entries: [], scanToken: token };
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (inScanOrder(order[middle]!, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
