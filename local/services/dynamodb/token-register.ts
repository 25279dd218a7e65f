import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock';
import type { Journal, JournalCollection } from '../../kernel/journal';
import { idempotentParameterMismatch, transactionInProgress } from './faults';

const VALIDITY_MS = 10 * 60 * 1000;

interface TokenUse {
  readonly fingerprint: string;
  /** Undefined while the transaction is being carried out. */
  finishedAtMs: number | undefined;
}

/**
 * Client request tokens of transactions: a repeated request within ten minutes succeeds without being carried out again.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export class TokenRegister {
  private readonly uses: Map<string, TokenUse>;
  /** Of transactions that were carried out; one that was under way when its process ended has not been. */
  private readonly durable: JournalCollection<TokenUse>;

  constructor(
    private readonly clock: Clock,
    journal: Journal,
  ) {
    this.durable = journal.collection('dynamodb.tokens');
    this.uses = new Map(this.durable.restored());
  }

  /**
   * True when the request is new and is to be carried out; false when it was carried out already. Throws AWS's errors
   * for a token that is in progress or was used for another request.
   */
  begin(token: string, request: unknown): boolean {
    this.forgetOld();
    const fingerprint = createHash('sha1').update(JSON.stringify(request)).digest('base64');
    const use = this.uses.get(token);
    if (!use) {
      this.uses.set(token, { fingerprint, finishedAtMs: undefined });
      return true;
    }
    if (use.fingerprint !== fingerprint) throw idempotentParameterMismatch();
    if (use.finishedAtMs === undefined) throw transactionInProgress();
    return false;
  }

  /** The transaction was carried out: from now on the token answers for ten minutes. */
  finish(token: string): void {
    const use = this.uses.get(token);
    if (!use) return;
    use.finishedAtMs = this.clock.now();
    // The oldest stand first, so that forgetting stops at the first that is young.
    this.uses.delete(token);
    this.uses.set(token, use);
    this.durable.put(token, use);
  }

  /** The transaction was cancelled: the token may be used again. */
  forget(token: string): void {
    this.uses.delete(token);
  }

  private forgetOld(): void {
    const oldestMs = this.clock.now() - VALIDITY_MS;
    for (const [token, use] of this.uses) {
      if (use.finishedAtMs === undefined) continue;
      if (use.finishedAtMs > oldestMs) return;
      this.uses.delete(token);
      this.durable.delete(token);
    }
  }
}
