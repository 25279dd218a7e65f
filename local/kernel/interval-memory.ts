/**
 * Owns what is remembered for a fixed interval and then forgotten, such as the deduplication ids of FIFO queues and topics.
 * Time is handed in; what is remembered is durable.
 */
import type { JournalCollection } from './journal';
import { LinkedKeys } from './linked-keys';

/** A remembered value, as plain data. */
export interface Remembered<Value> {
  readonly owner: string;
  readonly value: Value;
  readonly atMs: number;
}

/** Values by owner and key, each for an interval from when it was first remembered. An owner's name has no space. */
export class IntervalMemory<Value> {
  private readonly entries = new Map<string, Remembered<Value>>();
  /** In order of time: every value is kept for as long. */
  private readonly order = new LinkedKeys();

  constructor(
    private readonly records: JournalCollection<Remembered<Value>>,
    private readonly intervalMs: number,
  ) {
    const restored = [...records.restored()].sort(([, a], [, b]) => a.atMs - b.atMs);
    for (const [key, entry] of restored) this.place(key, entry);
  }

  find(owner: string, key: string, nowMs: number): Value | undefined {
    this.forgetOld(nowMs);
    return this.entries.get(keyOf(owner, key))?.value;
  }

  remember(owner: string, key: string, value: Value, nowMs: number): void {
    this.forgetOld(nowMs);
    this.order.delete(keyOf(owner, key));
    this.set(keyOf(owner, key), { owner, value, atMs: nowMs });
  }

  /** Changes a value that is there; its interval does not begin again. */
  replace(owner: string, key: string, value: Value): void {
    const entry = this.entries.get(keyOf(owner, key));
    if (entry) this.set(keyOf(owner, key), { ...entry, value });
  }

  /** Forgets all that an owner had. */
  forgetOwner(owner: string): void {
    for (const [key, entry] of this.entries) if (entry.owner === owner) this.forget(key);
  }

  private forgetOld(nowMs: number): void {
    for (let key = this.order.first; key !== undefined; key = this.order.first) {
      if (this.entries.get(key)!.atMs > nowMs - this.intervalMs) break;
      this.forget(key);
    }
  }

  private set(key: string, entry: Remembered<Value>): void {
    this.place(key, entry);
    this.records.put(key, entry);
  }

  private place(key: string, entry: Remembered<Value>): void {
    this.entries.set(key, entry);
    this.order.add(key);
  }

  private forget(key: string): void {
    this.entries.delete(key);
    this.order.delete(key);
    this.records.delete(key);
  }
}

function keyOf(owner: string, key: string): string {
  return `${owner} ${key}`;
}
