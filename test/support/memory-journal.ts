/**
 * A journal for tests, in memory. It is as strict as the one on disk: values are serialized at each commit, and what was
 * put since the last commit is lost when the process "dies".
 */
import { deserialize, serialize } from 'node:v8';
import type { Journal, JournalCollection } from '../../local/kernel/journal';

type Records = Map<string, Buffer>;
type Change = { readonly value: unknown; readonly isAnew: boolean } | undefined;

/** `killed()` gives the journal that the next process would find. */
export class MemoryJournal implements Journal {
  readonly isDurable = true;
  /** Called when a turn has made something durable. */
  onCommit: () => void = () => undefined;
  private readonly changed = new Map<string, Map<string, Change>>();
  private isPlanned = false;

  /** `folder` is for services that keep large values in files. */
  constructor(
    readonly folder?: string,
    private readonly durable = new Map<string, Records>(),
  ) {}

  collection<Value>(name: string): JournalCollection<Value> {
    if (this.changed.has(name)) throw new Error(`the collection ${name} was asked for twice`);
    const changes = new Map<string, Change>();
    this.changed.set(name, changes);
    return {
      put: (key, value) => {
        const isAnew = changes.has(key) && changes.get(key)?.isAnew !== false;
        if (isAnew) changes.delete(key);
        changes.set(key, { value, isAnew });
        this.plan();
      },
      delete: (key) => {
        changes.delete(key);
        changes.set(key, undefined);
        this.plan();
      },
      restored: () => this.restored<Value>(name),
    };
  }

  commit(): void {
    const hasChanged = [...this.changed.values()].some((changes) => changes.size > 0);
    for (const [name, changes] of this.changed) {
      const records = this.durable.get(name) ?? new Map();
      this.durable.set(name, records);
      for (const [key, change] of changes) {
        if (!change || change.isAnew) records.delete(key);
        if (change) records.set(key, serialize(change.value));
      }
      changes.clear();
    }
    if (hasChanged) this.onCommit();
  }

  /** What a process that starts after a kill finds: all that was committed, and nothing else. */
  killed(): MemoryJournal {
    const kept = [...this.durable].map(([name, records]): [string, Records] => [name, new Map(records)]);
    return new MemoryJournal(this.folder, new Map(kept));
  }

  /** As `killed`, after a last commit: what a process finds when the former one was stopped between two turns. */
  reopened(): MemoryJournal {
    this.commit();
    return this.killed();
  }

  /** How many records of a kind are durable. */
  count(name: string): number {
    return this.durable.get(name)?.size ?? 0;
  }

  /** Every turn of the event loop ends with a commit, as on disk. */
  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    setImmediate(() => {
      this.isPlanned = false;
      this.commit();
    });
  }

  private *restored<Value>(name: string): Iterable<readonly [string, Value]> {
    for (const [key, bytes] of this.durable.get(name) ?? []) yield [key, ofThisRealm(deserialize(bytes)) as Value];
  }
}

/** Jest gives every test file globals of its own; what Node.js deserializes is made of the others, which strict comparisons notice. */
function ofThisRealm(value: unknown): unknown {
  switch (Object.prototype.toString.call(value)) {
    case '[object Array]':
      return (value as unknown[]).map(ofThisRealm);
    case '[object Object]':
      return Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, ofThisRealm(member)]));
    case '[object Map]':
      return new Map(
        [...(value as Map<unknown, unknown>)].map(([key, member]) => [ofThisRealm(key), ofThisRealm(member)]),
      );
    case '[object Set]':
      return new Set([...(value as Set<unknown>)].map(ofThisRealm));
    case '[object Date]':
      return new Date((value as Date).getTime());
    default:
      return value;
  }
}
