import { joinByPath, selectByPath } from '../data/data-flow';
import { evaluateTemplate } from '../data/template';
import { exitState } from '../flow/exit';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { PassState } from '../model/machine';
import { payloadOf } from '../model/payload';
import { exitWithOutput } from './exit-with-output';

/** Pass: hands its input on, or a fixed Result, or what its Parameters or Output make of it. */
export function* startPass(run: Run, thread: Thread, state: PassState): Steps {
  if (state.language === 'JSONata') {
    yield* exitWithOutput(run, thread, state, state.next);
    return;
  }
  const scope = new StateScope(run, thread, thread.input.value);
  const effective = selectByPath(state.inputPath, scope);
  let result = effective;
  if (state.result !== undefined) result = state.result;
  else if (state.parameters) result = yield* settle(evaluateTemplate(state.parameters, scope.withInput(effective)));
  const variables = state.assign ? yield* settle(evaluateTemplate(state.assign, scope.withInput(result))) : undefined;
  const joined = joinByPath(state.resultPath, thread.input.value, result);
  const output = selectByPath(state.outputPath, scope.withInput(joined));
  const payload = output === thread.input.value ? thread.input : payloadOf(output);
  exitState(run, thread, state, payload, variables, state.next);
}
