import { createHash } from 'node:crypto';
import type { Clock } from '../../../local/kernel/clock';

/** A change that has landed in a table or a queue. */
export interface Effect {
  readonly atMs: number;
  readonly orderId: string;
  /** `captured`, `refunded`, `voided payment`, `booked`, `released`, `status OrderConfirmed` … */
  readonly what: string;
}

/** What happened in a world, in order. */
export class Trace {
  readonly lines: string[] = [];
  readonly effects: Effect[] = [];
  private readonly startMs: number;

  constructor(private readonly clock: Clock) {
    this.startMs = clock.now();
  }

  /** Milliseconds since the world began. */
  elapsedMs(): number {
    return this.clock.now() - this.startMs;
  }

  /** Adds a line, with its time. */
  say(line: string): void {
    this.lines.push(`${(this.elapsedMs() / 1000).toFixed(3).padStart(9)}s  ${line}`);
  }

  /** Adds a change that has landed. */
  effect(orderId: string, what: string): void {
    this.effects.push({ atMs: this.elapsedMs(), orderId, what });
    this.say(`effect     ${orderId}: ${what}`);
  }

  /** The same for the same sequence of lines. */
  hash(): string {
    return createHash('sha256').update(this.lines.join('\n')).digest('hex');
  }
}
