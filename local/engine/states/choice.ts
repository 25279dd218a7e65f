import type { ChoiceRule } from '../data/choice/rule';
import { selectByPath } from '../data/data-flow';
import { evaluateTemplate } from '../data/template';
import { unexpectedType } from '../data/unexpected-type';
import { STATES_NO_CHOICE_MATCHED } from '../errors/names';
import { StateError } from '../errors/state-error';
import { exitState } from '../flow/exit';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { ChoiceState } from '../model/machine';
import { payloadOf } from '../model/payload';

/** Choice: goes where the first rule that holds leads, with that rule's Assign and Output; else to Default. */
export function* startChoice(run: Run, thread: Thread, state: ChoiceState): Steps {
  const whole = new StateScope(run, thread, thread.input.value);
  const scope = state.language === 'JSONPath' ? whole.withInput(selectByPath(state.inputPath, whole)) : whole;
  const rule = yield* firstMatch(state, scope);
  const next = rule?.next ?? state.default;
  if (next === undefined) {
    const reason = 'Failed to transition out of the state. The state does not point to a next state.';
    throw new StateError(STATES_NO_CHOICE_MATCHED, reason);
  }
  const { assign, output } = rule ?? state;
  let payload = thread.input;
  if (state.language === 'JSONPath') {
    const selected = selectByPath(state.outputPath, scope);
    if (selected !== thread.input.value) payload = payloadOf(selected);
  } else if (output) payload = payloadOf(yield* settle(evaluateTemplate(output, scope)));
  const variables = assign ? yield* settle(evaluateTemplate(assign, scope)) : undefined;
  exitState(run, thread, state, payload, variables, next);
}

function* firstMatch(state: ChoiceState, scope: StateScope): Steps<ChoiceRule | undefined> {
  for (const rule of state.rules) {
    if (rule.test ? rule.test(scope) : yield* conditionHolds(rule, scope)) return rule;
  }
  return undefined;
}

function* conditionHolds(rule: ChoiceRule, scope: StateScope): Steps<boolean> {
  const { condition, location } = rule;
  if (typeof condition !== 'object') return condition === true;
  const value = yield* settle(condition.evaluate(scope, location));
  if (typeof value !== 'boolean') throw unexpectedType(condition, location, 'boolean', value);
  return value;
}
