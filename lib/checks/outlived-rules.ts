import { allStates, type State, type WorkflowDefinition } from '../constructs/workflow-definition';
import type { Finding } from './finding';

/**
 * Refuses Tasks whose function may go on after its state has timed out: the workflow would undo, or try again, what is still being done. The
 * fence stops it then, but nothing should count on that. A timeout that is an expression is known only when it runs.
 */
export function outlivedFindings(
  definition: WorkflowDefinition,
  secondsOf: Readonly<Record<string, number>>,
): Finding[] {
  return allStates(definition).flatMap(([subject, state]) => {
    const functionSeconds = secondsOf[placeholderOf(state) ?? ''];
    const { TimeoutSeconds: stateSeconds } = state;
    if (functionSeconds === undefined || typeof stateSeconds !== 'number' || functionSeconds < stateSeconds) return [];
    return [
      {
        rule: 'task-outlived',
        subject,
        message: `${subject} waits ${stateSeconds} s for a function that may run ${functionSeconds} s: it would go on after its undo.`,
        fix: 'Give the function less time than TimeoutSeconds of its state, or the state more.',
      },
    ];
  });
}

/** The placeholder that stands for the function of a Task: an argument, a parameter, or the resource itself. */
function placeholderOf({ Type, Arguments, Parameters, Resource }: State): string | undefined {
  if (Type !== 'Task') return undefined;
  const { FunctionName = Resource } = (Arguments ?? Parameters ?? {}) as { FunctionName?: unknown };
  return /^\$\{(\w+)\}$/.exec(String(FunctionName))?.[1];
}
