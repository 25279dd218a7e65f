import type { HistoryEvent } from '../../engine/contract';
import type { ExecutionRecord, Revision } from './model';

/** Is told what executions do: status events, logs, metrics, whoever waits for an end. Must not throw. */
export interface ExecutionObserver {
  started?(execution: ExecutionRecord, revision: Revision): void;
  /** New history events, in order; `events` is reused by nobody, but must not be changed. */
  recorded?(execution: ExecutionRecord, revision: Revision, events: readonly HistoryEvent[]): void;
  ended?(execution: ExecutionRecord, revision: Revision): void;
}
