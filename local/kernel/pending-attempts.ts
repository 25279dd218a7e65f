import type { Journal, JournalCollection } from './journal';

/** Owns what a service is under way with and tries until it succeeds, each change told to the journal, so that another process goes on. */
export class PendingAttempts<Attempt extends { attempts: number }> {
  private readonly records: JournalCollection<Attempt>;
  private readonly pending: Map<string, Attempt>;

  /** `collection` is the name in the journal; `idOf` tells one from another. */
  constructor(
    journal: Journal,
    collection: string,
    private readonly idOf: (attempt: Attempt) => string,
  ) {
    this.records = journal.collection(collection);
    this.pending = new Map(this.records.restored());
  }

  /** In the order in which they were begun. */
  all(): Attempt[] {
    return [...this.pending.values()];
  }

  find(id: string): Attempt | undefined {
    return this.pending.get(id);
  }

  add(attempt: Attempt): void {
    this.pending.set(this.idOf(attempt), attempt);
    this.records.put(this.idOf(attempt), attempt);
  }

  countAttempt(attempt: Attempt): void {
    attempt.attempts++;
    this.records.put(this.idOf(attempt), attempt);
  }

  end(attempt: Attempt): void {
    this.pending.delete(this.idOf(attempt));
    this.records.delete(this.idOf(attempt));
  }
}
