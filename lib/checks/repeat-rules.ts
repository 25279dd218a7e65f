import { allStates, type State, type WorkflowDefinition } from '../constructs/workflow-definition';
import type { Finding } from './finding';

/**
 * What a Task's Comment ends with: whether the state may run again when it has perhaps run before, and why. It stands in the
 * Comment because the Amazon States Language takes no fields of our own, and because so it is deployed with the
 * definition: `npm run ops -- redrive` reads it there.
 */
const DECLARATION = /(?:^|\s)Repeat: (?:safe|unsafe), [^\s].{9,}$/s;

/** Refuses tasks that do not say whether they may be repeated: nobody could tell whether an execution may be redriven. */
export function repeatFindings(definition: WorkflowDefinition): Finding[] {
  return allStates(definition)
    .filter(([, state]) => state.Type === 'Task' && !isDeclared(state))
    .map(([subject]) => ({
      rule: 'repeat',
      subject,
      message: `${subject} does not say whether it may run again: nobody could tell whether an execution may be redriven.`,
      fix: "End the state's Comment with 'Repeat: safe, WHY.' or 'Repeat: unsafe, WHY.'",
    }));
}

function isDeclared({ Comment }: State): boolean {
  return typeof Comment === 'string' && DECLARATION.test(Comment);
}
