import { STATES_QUERY_EVALUATION_ERROR, STATES_RUNTIME } from './names';

/** How an error came about, where that changes what follows. */
export interface StateErrorOptions {
  /** An evaluation failed: announced by an EvaluationFailed event before anything else. */
  readonly isEvaluation?: boolean;
  /** The field whose evaluation failed. */
  readonly location?: string;
  /** Another name that ErrorEquals may also use (a missed heartbeat is reported as States.Timeout). */
  readonly alias?: string;
  /** The cause stands alone; otherwise AWS names the state and its event before it. */
  readonly isPlain?: boolean;
  /** Neither Retry nor Catch take it: the state's own data or paths are wrong. */
  readonly isUncaught?: boolean;
  /** A task reported it: States.TaskFailed stands for it too. */
  readonly isOfTask?: boolean;
}

/** A failure of a state, which Retry and Catch may take. `cause` is absent where AWS gives none. */
export class StateError extends Error {
  constructor(
    readonly error: string | undefined,
    readonly reason: string | undefined,
    readonly options: StateErrorOptions = {},
  ) {
    super(`${error}: ${reason}`);
  }
}

/** An error of the state's own data or paths: neither retried nor caught. */
export function runtimeError(reason: string): StateError {
  return new StateError(STATES_RUNTIME, reason);
}

/** An expression, or what it gave, is not fit for the field `location`, where there is one. */
export function queryError(reason: string, location?: string): StateError {
  return new StateError(STATES_QUERY_EVALUATION_ERROR, reason, { isEvaluation: true, location });
}
