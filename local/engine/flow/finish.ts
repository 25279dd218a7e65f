import type { StateError } from '../errors/state-error';
import { emptyEvent, NOT_TRUNCATED } from '../history/event';
import type { Thread } from '../model/execution';
import type { Payload } from '../model/payload';
import { abortAll } from './abort';
import type { Run } from './run';

/** Ends the execution with its output. */
export function finishSucceeded(run: Run, thread: Thread, output: Payload): void {
  run.emit(thread, 'ExecutionSucceeded', 'executionSucceededEventDetails', {
    output: output.text,
    outputDetails: NOT_TRUNCATED,
  });
  close(run, 'SUCCEEDED');
  run.commands.push({ kind: 'finish', status: 'SUCCEEDED', output: output.text });
}

/** Ends the execution with an error; either part may be absent, as in a Fail state without them. */
export function finishFailed(run: Run, thread: Thread, failure: StateError): void {
  run.emit(thread, 'ExecutionFailed', 'executionFailedEventDetails', errorDetails(failure.error, failure.reason));
  close(run, 'FAILED');
  run.commands.push({ kind: 'finish', status: 'FAILED', ...errorDetails(failure.error, failure.reason) });
}

const STOPPED = { ABORTED: 'Aborted', TIMED_OUT: 'TimedOut' } as const;

/** Ends the execution from outside: StopExecution, or a time that has run out. */
export function finishStopped(run: Run, status: 'ABORTED' | 'TIMED_OUT', error?: string, cause?: string): void {
  const root = run.execution.threads[1];
  const id = ++run.execution.lastEventId;
  const details = errorDetails(error, cause);
  const event = emptyEvent(id, root?.lastEventId ?? id - 1, run.nowMs, `Execution${STOPPED[status]}`);
  event[`execution${STOPPED[status]}EventDetails`] = details;
  run.events.push(event);
  close(run, status);
  run.commands.push({ kind: 'finish', status, ...details });
}

/** The last event of a history that is full. */
export function finishFull(run: Run): void {
  const error = 'States.Runtime';
  const cause = `The execution reached the maximum number of history events (${run.execution.lastEventId + 1}).`;
  const id = ++run.execution.lastEventId;
  run.events.push({
    id,
    previousEventId: id - 1,
    timestamp: run.nowMs,
    type: 'ExecutionFailed',
    executionFailedEventDetails: { error, cause },
  });
  close(run, 'FAILED');
  run.commands.push({ kind: 'finish', status: 'FAILED', error, cause });
}

/** The members that are there. */
export function errorDetails(error: string | undefined, cause: string | undefined): { error?: string; cause?: string } {
  const details: { error?: string; cause?: string } = {};
  if (error !== undefined) details.error = error;
  if (cause !== undefined) details.cause = cause;
  return details;
}

function close(run: Run, status: 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT'): void {
  const { execution } = run;
  const root = execution.threads[1];
  abortAll(run);
  execution.fallen = status === 'SUCCEEDED' ? undefined : root;
  execution.status = status;
  execution.ready = [];
  execution.threads = {};
  run.ended.length = 0;
}
