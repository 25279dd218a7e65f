import { joinByPath, selectByPath } from '../data/data-flow';
import { evaluateTemplate } from '../data/template';
import { dataLimitExceeded, exitState } from '../flow/exit';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { Json } from '../model/json';
import type { PassState } from '../model/machine';
import { exceedsPayloadLimit, payloadOf } from '../model/payload';
import { exitWithOutput } from './exit-with-output';

/** Pass: hands its input on, or a fixed Result, or what its Parameters or Output make of it. */
export function startPass(run: Run, thread: Thread, state: PassState): Steps | undefined {
  if (state.language === 'JSONata') return exitWithOutput(run, thread, state, state.next);
  if (state.parameters || state.assign) return evaluatePass(run, thread, state);
  const scope = new StateScope(run, thread, thread.input.value);
  const effective = selectByPath(state.inputPath, scope);
  leavePass(run, thread, state, scope, state.result === undefined ? effective : state.result, undefined);
  return undefined;
}

/** A Pass with templates. The others have nothing to wait for: a generator each would cost a chain of them 8 %. */
function* evaluatePass(run: Run, thread: Thread, state: PassState): Steps {
  const scope = new StateScope(run, thread, thread.input.value);
  const effective = selectByPath(state.inputPath, scope);
  let result = effective;
  if (state.result !== undefined) result = state.result;
  else if (state.parameters) result = yield* settle(evaluateTemplate(state.parameters, scope.withInput(effective)));
  if (result !== effective && isFiltered(state) && exceedsPayloadLimit(JSON.stringify(result))) {
    throw dataLimitExceeded(state.name);
  }
  const variables = state.assign ? yield* settle(evaluateTemplate(state.assign, scope.withInput(result))) : undefined;
  leavePass(run, thread, state, scope, result, variables);
}

function leavePass(
  run: Run,
  thread: Thread,
  state: PassState,
  scope: StateScope,
  result: Json,
  variables: Json | undefined,
): void {
  const joined = joinByPath(state.resultPath, scope.input, result);
  const output = state.outputPath === undefined ? joined : selectByPath(state.outputPath, scope.withInput(joined));
  const payload = output === scope.input ? thread.input : payloadOf(output);
  exitState(run, thread, state, payload, variables, state.next);
}

/** True when the output may lack what was made: else the limit of the output is also that of the result. */
function isFiltered({ resultPath, outputPath }: PassState): boolean {
  return resultPath === null || outputPath !== undefined;
}
