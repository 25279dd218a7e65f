import { selectByPath } from '../data/data-flow';
import type { Awaitable, Scope } from '../data/scope';
import { evaluateTemplate } from '../data/template';
import type { StateScope } from '../flow/state-scope';
import type { Json } from '../model/json';
import type { ParallelState, TaskState } from '../model/machine';

/** What a Task or Parallel works on: its input through InputPath and Parameters, or its Arguments. */
export function effectiveInput(state: TaskState | ParallelState, scope: StateScope): Awaitable<Json> {
  const selected: Scope = state.language === 'JSONPath' ? scope.withInput(selectByPath(state.inputPath, scope)) : scope;
  return state.parameters ? evaluateTemplate(state.parameters, selected) : selected.input;
}
