import { evaluateTemplate } from '../data/template';
import { exitState } from '../flow/exit';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { State } from '../model/machine';
import { payloadOf } from '../model/payload';

/** Leaves a JSONata state that has no result of its own: its Output, or its input as it is. */
export function* exitWithOutput(run: Run, thread: Thread, state: State, next: string | undefined): Steps {
  const scope = new StateScope(run, thread, thread.input.value);
  const output = state.output ? payloadOf(yield* settle(evaluateTemplate(state.output, scope))) : thread.input;
  const variables = state.assign ? yield* settle(evaluateTemplate(state.assign, scope)) : undefined;
  exitState(run, thread, state, output, variables, next);
}
