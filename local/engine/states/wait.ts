import { parseTimestamp } from '../data/choice/timestamp';
import { selectByPath } from '../data/data-flow';
import { PathNotFound } from '../data/jsonpath/read';
import { numberValue } from '../data/number-value';
import type { PathField } from '../data/path-field';
import { queryError, runtimeError } from '../errors/state-error';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { Json } from '../model/json';
import type { WaitState } from '../model/machine';
import { exitWithInput } from './exit-with-input';
import { exitWithOutput } from './exit-with-output';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
const LONGEST_WAIT_SECONDS = 99_999_999;

/** Wait: goes on when its time has come; a time that is over is no wait at all. */
export function* startWait(run: Run, thread: Thread, state: WaitState): Steps {
  const whole = new StateScope(run, thread, thread.input.value);
  const scope = state.language === 'JSONPath' ? whole.withInput(selectByPath(state.inputPath, whole)) : whole;
  const atMs = yield* endOfWait(run, state, scope);
  if (atMs <= run.nowMs) yield* endWait(run, thread, state);
  else thread.waiting = { kind: 'timer', timerId: run.startTimer(atMs, { purpose: 'wait', threadId: thread.id }) };
}

/** The time has come. */
export function endWait(run: Run, thread: Thread, state: WaitState): Steps {
  return (state.language === 'JSONata' ? exitWithOutput : exitWithInput)(run, thread, state, state.next);
}

function* endOfWait(run: Run, state: WaitState, scope: StateScope): Steps<number> {
  const { wait } = state;
  switch (wait.kind) {
    case 'seconds': {
      const { seconds } = wait;
      const value =
        seconds.kind === 'path'
          ? secondsAt(seconds.path, scope)
          : yield* settle(numberValue(seconds, scope, 'integer'));
      if (value < 0 || value > LONGEST_WAIT_SECONDS) {
        const reason = `The ${seconds.kind === 'path' ? seconds.field : 'Seconds'} field must be between 0 and ${LONGEST_WAIT_SECONDS} but was: ${value}`;
        throw seconds.kind === 'expression' ? queryError(reason, 'Seconds') : runtimeError(reason);
      }
      return run.nowMs + value * 1000;
    }
    case 'timestamp':
      return timestamp(wait.text, (text) =>
        runtimeError(
          `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
        ),
      );
    case 'timestampPath':
      return timestamp(valueAt(wait.path, 'TimestampPath', scope), (text) =>
        runtimeError(
          `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${wait.path.text} == ${text}`,
        ),
      );
    case 'timestampExpression': {
      const value = yield* settle(wait.expression.evaluate(scope, 'Timestamp'));
      return timestamp(value, (text) =>
        queryError(
          `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
          'Timestamp',
        ),
      );
    }
  }
}

function secondsAt(path: PathField, scope: StateScope): number {
  const value = valueAt(path, 'SecondsPath', scope);
  const seconds = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds === 'number' && Number.isInteger(seconds)) return seconds;
  throw runtimeError(`The SecondsPath parameter cannot be parsed as a long value: ${path.text} == ${shown(value)}`);
}

function valueAt(path: PathField, field: string, scope: StateScope): Json {
  try {
    return path.read(scope);
  } catch (error) {
    if (!(error instanceof PathNotFound)) throw error;
    throw runtimeError(`The ${field} parameter does not reference an input value: ${path.text}`);
  }
}

function timestamp(value: Json, refusal: (shown: string) => Error): number {
  const atMs = parseTimestamp(value);
  if (atMs === undefined) throw refusal(shown(value));
  return atMs;
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
