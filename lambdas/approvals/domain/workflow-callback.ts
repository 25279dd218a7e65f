import type { CallbackError } from '../contracts/names';

/** What became of a callback: `gone` when the task no longer waits, or had its answer before. */
export type CallbackOutcome = 'delivered' | 'gone';

/** The port to the workflow that waits. */
export interface WorkflowCallback {
  succeed(taskToken: string, output: object): Promise<CallbackOutcome>;
  fail(taskToken: string, error: CallbackError, cause: object): Promise<CallbackOutcome>;
}
