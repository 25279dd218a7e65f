import { joinByPath, selectByPath } from '../data/data-flow';
import { evaluateTemplate } from '../data/template';
import type { Thread } from '../model/execution';
import type { MapState, ParallelState, TaskState } from '../model/machine';
import { type Payload, payloadOf } from '../model/payload';
import { exitState } from './exit';
import type { Run } from './run';
import { StateScope } from './state-scope';
import { type Steps, settle } from './steps';

/** Leaves a Task, Parallel or Map state with the result of its work. */
export function* exitWithResult(
  run: Run,
  thread: Thread,
  state: TaskState | ParallelState | MapState,
  result: Payload,
): Steps {
  const input = thread.input.value;
  if (state.language === 'JSONata') {
    const scope = new StateScope(run, thread, input, result.value);
    const output = state.output ? payloadOf(yield* settle(evaluateTemplate(state.output, scope))) : result;
    const variables = state.assign ? yield* settle(evaluateTemplate(state.assign, scope)) : undefined;
    exitState(run, thread, state, output, variables, state.next);
    return;
  }
  const scope = new StateScope(run, thread, result.value);
  const selected = state.resultSelector ? yield* settle(evaluateTemplate(state.resultSelector, scope)) : result.value;
  const variables = state.assign ? yield* settle(evaluateTemplate(state.assign, scope.withInput(selected))) : undefined;
  const joined = joinByPath(state.resultPath, input, selected);
  const output = selectByPath(state.outputPath, scope.withInput(joined));
  exitState(run, thread, state, output === result.value ? result : payloadOf(output), variables, state.next);
}
