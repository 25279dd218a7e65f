import type { Journal, JournalCollection } from './journal';

/**
 * A map that is in the journal: what was set outlives the process. A value that is changed in place is told of by setting it
 * again, or by {@link changed}.
 */
export class DurableMap<Value> extends Map<string, Value> {
  private readonly collection: JournalCollection<Value>;

  constructor(journal: Journal, name: string) {
    super();
    this.collection = journal.collection(name);
    for (const [key, value] of this.collection.restored()) super.set(key, value);
  }

  override set(key: string, value: Value): this {
    super.set(key, value);
    this.collection.put(key, value);
    return this;
  }

  override delete(key: string): boolean {
    if (!super.delete(key)) return false;
    this.collection.delete(key);
    return true;
  }

  override clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }

  /** The value under a key has been changed in place. */
  changed(key: string): void {
    const value = this.get(key);
    if (value !== undefined) this.collection.put(key, value);
  }
}
