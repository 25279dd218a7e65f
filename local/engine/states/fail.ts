import { readRequired } from '../data/data-flow';
import { unexpectedType } from '../data/unexpected-type';
import { runtimeError, StateError } from '../errors/state-error';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { FailState, TextField } from '../model/machine';

/** Fail: ends its flow with an error of its own; both parts may be absent. */
export function* startFail(run: Run, thread: Thread, state: FailState): Steps {
  const scope = new StateScope(run, thread, thread.input.value);
  const error = state.error && (yield* textValue(state.error, scope));
  const cause = state.cause && (yield* textValue(state.cause, scope));
  throw new StateError(error, cause, { isPlain: true });
}

function* textValue(field: TextField, scope: StateScope): Steps<string> {
  switch (field.kind) {
    case 'literal':
      return field.value;
    case 'path': {
      const value = readRequired(field.path, scope);
      if (typeof value !== 'string') {
        throw runtimeError(`The ${field.field} parameter does not reference a string: ${field.path.text}`);
      }
      return value;
    }
    case 'expression': {
      const value = yield* settle(field.expression.evaluate(scope, field.field));
      if (typeof value !== 'string') throw unexpectedType(field.expression, field.field, 'string', value);
      return value;
    }
  }
}
