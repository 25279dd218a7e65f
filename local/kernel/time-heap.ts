interface Entry {
  readonly atMs: number;
  readonly id: string;
  /** Entries of the same time come out in the order in which they went in. */
  readonly order: number;
}

/**
 * Ids in order of time, the earliest first. Entries are never taken out of the middle: an entry that its owner no
 * longer means (`isLive` says no) is skipped when it comes up, and swept once such entries are in the majority.
 */
export class TimeHeap {
  private entries: Entry[] = [];
  private sweepAbove = 1024;
  private pushed = 0;

  constructor(private readonly isLive: (id: string, atMs: number) => boolean) {}

  push(atMs: number, id: string): void {
    if (this.entries.length >= this.sweepAbove) this.sweep();
    this.entries.push({ atMs, id, order: this.pushed++ });
    this.rise(this.entries.length - 1);
  }

  /** The earliest live entry, or undefined. */
  peek(): Entry | undefined {
    while (this.entries.length > 0 && !this.isLive(this.entries[0]!.id, this.entries[0]!.atMs)) this.pop();
    return this.entries[0];
  }

  /** Takes the earliest live entry if its time is at or before `nowMs`. */
  takeDue(nowMs: number): Entry | undefined {
    const first = this.peek();
    if (!first || first.atMs > nowMs) return undefined;
    this.pop();
    return first;
  }

  clear(): void {
    this.entries = [];
    this.sweepAbove = 1024;
  }

  private sweep(): void {
    this.entries = this.entries.filter((entry) => this.isLive(entry.id, entry.atMs));
    for (let i = (this.entries.length >> 1) - 1; i >= 0; i--) this.sink(i);
    this.sweepAbove = Math.max(1024, this.entries.length * 2);
  }

  private pop(): void {
    const last = this.entries.pop();
    if (!last || this.entries.length === 0) return;
    this.entries[0] = last;
    this.sink(0);
  }

  private rise(start: number): void {
    const entry = this.entries[start]!;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(this.entries[parent]!, entry)) break;
      this.entries[index] = this.entries[parent]!;
      index = parent;
    }
    this.entries[index] = entry;
  }

  private sink(start: number): void {
    const entry = this.entries[start]!;
    const half = this.entries.length >> 1;
    let index = start;
    while (index < half) {
      let child = 2 * index + 1;
      if (child + 1 < this.entries.length && isBefore(this.entries[child + 1]!, this.entries[child]!)) child++;
      if (isBefore(entry, this.entries[child]!)) break;
      this.entries[index] = this.entries[child]!;
      index = child;
    }
    this.entries[index] = entry;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs;
}
