import type { Journal, JournalCollection } from '../../kernel/journal';
import { conflict } from './faults';

/** How long a token is known. AWS does not say; retries of a client come within minutes. */
const KNOWN_MS = 8 * 3_600_000;

interface Answered {
  readonly atMs: number;
  /** As JSON: a request that comes again is the same to the letter. */
  readonly request: string;
  readonly output: object;
}

/** Answers a request that comes again under its client token as it was answered the first time. */
export class ClientTokens {
  private readonly answered: Map<string, Answered>;
  private readonly records: JournalCollection<Answered>;

  constructor(journal: Journal) {
    this.records = journal.collection('scheduler.client-tokens');
    this.answered = new Map(this.records.restored());
  }

  /** Throws ConflictException when another request used the token. */
  once<Output extends object>(
    action: string,
    { ClientToken: token, ...request }: { readonly ClientToken?: string },
    nowMs: number,
    perform: () => Output,
  ): Output {
    if (token === undefined) return perform();
    this.forgetBefore(nowMs - KNOWN_MS);
    const key = `${action} ${token}`;
    const text = JSON.stringify(request);
    const before = this.answered.get(key);
    if (before) {
      if (before.request === text) return before.output as Output;
      throw conflict(`The client token ${token} was used with another request.`);
    }
    const output = perform();
    const answered = { atMs: nowMs, request: text, output };
    this.answered.set(key, answered);
    this.records.put(key, answered);
    return output;
  }

  /** The oldest come first. */
  private forgetBefore(ms: number): void {
    for (const [key, { atMs }] of this.answered) {
      if (atMs >= ms) return;
      this.answered.delete(key);
      this.records.delete(key);
    }
  }
}
