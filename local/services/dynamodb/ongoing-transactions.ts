/**
 * Owns the write transactions that hold their items: when each is carried out.
 *
 * Invariants
 * 1. Transactions are carried out in the order in which they began.
 * 2. A transaction whose time is up has been carried out before any action that comes then is: on a busy event loop timers are late,
 *    and items that are held longer than they should be cancel other transactions without end.
 */
import type { Clock } from '../../kernel/clock';

interface Ongoing {
  readonly endsAtMs: number;
  carryOut(): void;
}

/** See the head of this file. All transactions last `durationMs`. */
export class OngoingTransactions {
  private readonly ongoing: Ongoing[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly durationMs: number,
  ) {}

  /** Resolves with what `carryOut` gives, once the transaction's time is up; at once when transactions take none. */
  begin<Output>(carryOut: () => Output): Output | Promise<Output> {
    if (this.durationMs === 0) return carryOut();
    return new Promise((resolve, reject) => {
      const endsAtMs = this.clock.now() + this.durationMs;
      const settle = () => {
        try {
          resolve(carryOut());
        } catch (error) {
          reject(error);
        }
      };
      this.ongoing.push({ endsAtMs, carryOut: settle });
      this.clock.schedule(endsAtMs, () => this.carryOutDue());
    });
  }

  /** Carries out the transactions whose time is up. */
  carryOutDue(): void {
    const nowMs = this.clock.now();
    while (this.ongoing[0] && this.ongoing[0].endsAtMs <= nowMs) this.ongoing.shift()!.carryOut();
  }
}
