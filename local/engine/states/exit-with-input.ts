import { selectByPath } from '../data/data-flow';
import { evaluateTemplate } from '../data/template';
import { exitState } from '../flow/exit';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { State } from '../model/machine';
import { payloadOf } from '../model/payload';

/** Leaves a JSONPath state that hands its input on (Wait, Succeed), through InputPath and OutputPath. */
export function* exitWithInput(run: Run, thread: Thread, state: State, next: string | undefined): Steps {
  const scope = new StateScope(run, thread, thread.input.value);
  const effective = scope.withInput(selectByPath(state.inputPath, scope));
  const variables = state.assign ? yield* settle(evaluateTemplate(state.assign, effective)) : undefined;
  const output = selectByPath(state.outputPath, effective);
  const payload = output === thread.input.value ? thread.input : payloadOf(output);
  exitState(run, thread, state, payload, variables, next);
}
