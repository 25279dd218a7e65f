import type { FinishedExecution } from './execution';

/** One run, as both types of machines would bill it. */
export interface ComparedRun {
  readonly isExpress: boolean;
  /** Whether an Express machine could have run it: nothing waits for an answer. */
  readonly fitsExpress: boolean;
  readonly transitions: number;
  readonly milliseconds: number;
}

/** What of an execution both types bill. */
export function comparedRun(execution: FinishedExecution): ComparedRun {
  const { isExpress = false, path, transitions, startedAtMs, stoppedAtMs } = execution;
  const fitsExpress = isExpress || !path.some((state) => state.startsWith('Ask'));
  return { isExpress, fitsExpress, transitions, milliseconds: stoppedAtMs - startedAtMs };
}
