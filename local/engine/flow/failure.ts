import { joinByPath } from '../data/data-flow';
import { evaluateTemplate, type Template } from '../data/template';
import { STATES_ALL, STATES_DATA_LIMIT_EXCEEDED, STATES_RUNTIME, STATES_TASK_FAILED } from '../errors/names';
import { StateError } from '../errors/state-error';
import type { Thread } from '../model/execution';
import type { Json } from '../model/json';
import type { Catcher, Retrier, State } from '../model/machine';
import { payloadOf } from '../model/payload';
import { exitState } from './exit';
import { errorDetails } from './finish';
import type { Run } from './run';
import { StateScope } from './state-scope';
import { type Steps, settle } from './steps';

/** A state has failed: tries again, goes where a Catch leads, or ends the thread. */
export function* failState(run: Run, thread: Thread, state: State, error: StateError): Steps {
  let failure = located(thread, state, error);
  announce(run, thread, state, failure);
  if (state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map') {
    const index = state.retry.findIndex((retrier) => matches(retrier.errorEquals, failure));
    const retrier = state.retry[index];
    if (retrier && (thread.attempts[index] ?? 0) < retrier.maxAttempts) {
      retryLater(run, thread, retrier, index);
      return;
    }
    // AWS keeps silent here when the state's own data is wrong, but not when a branch or an iteration has failed.
    if (state.type !== 'Task' && (thread.broken || !failure.options.isUncaught))
      run.emit(thread, `${state.type}StateFailed`);
    const catcher = state.catch.find((candidate) => matches(candidate.errorEquals, failure));
    if (catcher) {
      try {
        yield* catchError(run, thread, state, catcher, failure);
        return;
      } catch (second) {
        if (!(second instanceof StateError)) throw second;
        failure = located(thread, state, second);
        announce(run, thread, state, failure);
      }
    }
  }
  thread.waiting = undefined;
  run.ended.push({ thread, failure });
}

/** The error with AWS's introduction to its cause, unless the cause stands alone. */
function located(thread: Thread, state: State, error: StateError): StateError {
  if (error.options.isPlain) return error;
  const where = `An error occurred while executing the state '${state.name}' (entered at the event id #${thread.entered?.eventId}).`;
  const isUncaught = error.error === STATES_RUNTIME;
  return new StateError(error.error, `${where} ${error.reason}`, { ...error.options, isPlain: true, isUncaught });
}

/** A failed evaluation has an event of its own; it follows the event before the state was entered, except for Wait. */
function announce(run: Run, thread: Thread, state: State, failure: StateError): void {
  const { isEvaluation, location } = failure.options;
  if (!isEvaluation) return;
  const isFresh = thread.entered?.eventId === thread.lastEventId && state.type !== 'Wait';
  if (isFresh) thread.lastEventId = thread.entered!.causeId;
  run.emit(thread, 'EvaluationFailed', 'evaluationFailedEventDetails', {
    ...errorDetails(failure.error, failure.reason),
    ...(location === undefined ? {} : { location }),
    state: state.name,
  });
}

function matches(errorEquals: readonly string[], failure: StateError): boolean {
  if (failure.options.isUncaught) return false;
  const { error } = failure;
  return errorEquals.some(
    (name) =>
      name === STATES_ALL ||
      name === error ||
      (name === failure.options.alias && name !== undefined) ||
      (name === STATES_TASK_FAILED &&
        failure.options.isOfTask === true &&
        error !== 'States.Timeout' &&
        error !== STATES_DATA_LIMIT_EXCEEDED),
  );
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
function retryLater(run: Run, thread: Thread, retrier: Retrier, index: number): void {
  const attempt = thread.attempts[index] ?? 0;
  const backoffSeconds = retrier.intervalSeconds * retrier.backoffRate ** attempt;
  const delaySeconds = Math.min(backoffSeconds, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY);
  const share = retrier.hasFullJitter ? run.environment.random.next() : 1;
  for (let i = thread.attempts.length; i <= index; i++) thread.attempts[i] = 0;
  thread.attempts[index] = attempt + 1;
  thread.retryCount++;
  thread.broken = undefined;
  thread.mapRunArn = undefined;
  const atMs = run.nowMs + Math.round(delaySeconds * share * 1000);
  thread.waiting = { kind: 'retry', timerId: run.startTimer(atMs, { purpose: 'retry', threadId: thread.id }) };
}

function* catchError(run: Run, thread: Thread, state: State, catcher: Catcher, failure: StateError): Steps {
  // AWS gives both members always: a timeout, which has no cause, is {"Error":"States.Timeout","Cause":""}.
  const errorOutput: Json = { Error: failure.error ?? '', Cause: failure.reason ?? '' };
  const input = thread.input.value;
  if (state.language === 'JSONata') {
    const scope = new StateScope(run, thread, input, undefined, errorOutput);
    const output = catcher.output ? yield* evaluate(catcher.output, scope) : errorOutput;
    const variables = catcher.assign ? yield* evaluate(catcher.assign, scope) : undefined;
    exitState(run, thread, state, payloadOf(output), variables, catcher.next);
    return;
  }
  const scope = new StateScope(run, thread, errorOutput);
  const variables = catcher.assign ? yield* evaluate(catcher.assign, scope) : undefined;
  const output = joinByPath(catcher.resultPath, input, errorOutput);
  exitState(run, thread, state, payloadOf(output), variables, catcher.next);
}

function* evaluate(template: Template, scope: StateScope): Steps<Json> {
  return yield* settle(evaluateTemplate(template, scope));
}
