/** Keeps the nearest of many: a heap with the farthest on top, which a nearer one replaces. */

/** A candidate; of two at the same distance the earlier `sequence` counts as nearer. */
export interface Candidate {
  readonly distance: number;
  readonly sequence: number;
  readonly row: number;
}

/** At most `limit` candidates. */
export class Nearest {
  private readonly heap: Candidate[] = [];

  constructor(private readonly limit: number) {}

  /** From here on a candidate is too far; infinite while there is room. */
  get reach(): number {
    return this.heap.length < this.limit ? Number.POSITIVE_INFINITY : this.heap[0]!.distance;
  }

  offer(candidate: Candidate): void {
    if (this.heap.length < this.limit) {
      this.heap.push(candidate);
      this.rise(this.heap.length - 1);
    } else if (isFarther(this.heap[0]!, candidate)) {
      this.heap[0] = candidate;
      this.sink();
    }
  }

  /** Nearest first. */
  sorted(): Candidate[] {
    return [...this.heap].sort((a, b) => (isFarther(a, b) ? 1 : -1));
  }

  private rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isFarther(this.heap[at]!, this.heap[parent]!)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= this.heap.length) return;
      const right = left + 1;
      const isRight = right < this.heap.length && isFarther(this.heap[right]!, this.heap[left]!);
      const child = isRight ? right : left;
      if (!isFarther(this.heap[child]!, this.heap[at]!)) return;
      this.swap(at, child);
      at = child;
    }
  }

  private swap(a: number, b: number): void {
    const kept = this.heap[a]!;
    this.heap[a] = this.heap[b]!;
    this.heap[b] = kept;
  }
}

function isFarther(a: Candidate, b: Candidate): boolean {
  return a.distance > b.distance || (a.distance === b.distance && a.sequence > b.sequence);
}
