import type { FinishedExecution } from './execution';
import type { Shop } from './shop';

/** What a scenario leaves for the table. */
export interface ScenarioOutcome {
  /** How it ended, in the words of the orders' ends: `OrderConfirmed`, or `2 OrderConfirmed, 1 in the DLQ`. */
  readonly end: string;
  /** The executions that belong to it; the first one's path is shown. */
  readonly executions: readonly FinishedExecution[];
  /** Checks what was left behind, after usage was read; gives what is not as it should be. */
  verify(): Promise<string[]>;
  /** From the first order placed to the last one ended; the whole story's time when absent. */
  readonly milliseconds?: number;
  /** A remark for the table, such as the number of conflicts. */
  readonly note?: string;
}

/** A story that the demo tells, with its expectation. */
export interface Scenario {
  readonly name: string;
  /** Told only where this is there: the inbox of the embedded AWS. @default - told everywhere */
  readonly needs?: 'inbox';
  /** Stocks products and turns faults on. Gives the story itself, so that preparing it is not counted. */
  prepare(shop: Shop): Promise<() => Promise<ScenarioOutcome>>;
}

/** Collects what does not hold; an empty list means that all does. */
export class Findings {
  readonly problems: string[] = [];

  expect(what: string, found: unknown, wanted: unknown): this {
    if (found !== wanted) this.problems.push(`${what} is ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`);
    return this;
  }

  atMost(what: string, found: number, limit: number): this {
    if (!(found <= limit)) this.problems.push(`${what} is ${found}, expected at most ${limit}`);
    return this;
  }

  holds(what: string, isTrue: boolean): this {
    if (!isTrue) this.problems.push(what);
    return this;
  }
}
