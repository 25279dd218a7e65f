import type { QuoteRunInput } from '../contracts/quote-run';

/** How a run of the quote machine ended: an answer of StartSyncExecution, or none within the time that was left. */
export type QuoteRunEnd =
  | { readonly status: 'succeeded'; readonly output: unknown }
  | { readonly status: 'failed'; readonly error: string; readonly cause: string }
  | { readonly status: 'unanswered' };

/** The port to the quote machine. */
export interface QuoteRunner {
  /** Runs the machine once and waits for its end, `timeoutMs` at most. Throws when no run could be started. */
  run(name: string, input: QuoteRunInput, timeoutMs: number): Promise<QuoteRunEnd>;
}
