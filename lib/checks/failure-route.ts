import { reachable, type State, successors, type WorkflowDefinition } from '../constructs/workflow-definition';

/** First words of states that take something back; a step and its undo have opposite verbs. */
const UNDO_VERBS = [
  'Cancel',
  'Refund',
  'Release',
  'Compensate',
  'Revoke',
  'Restore',
  'Remove',
  'Void',
  'Undo',
  'RollBack',
];

/** The three routes that a failure may take, and `undefined` for a state that is on none of them. */
export function routeOf(name: string, state: State): 'compensate' | 'park' | 'ask' | undefined {
  if (state.Type !== 'Task') return undefined;
  const resource = String(state.Resource);
  if (resource.endsWith('.waitForTaskToken')) return 'ask';
  if (/:sqs:sendMessage$/.test(resource)) return 'park';
  return UNDO_VERBS.some((verb) => name.startsWith(verb)) ? 'compensate' : undefined;
}

/**
 * Why a Catch does not lead to one of the routes, or undefined when it does. Whatever way the execution takes from `next`,
 * it must come past a state that compensates, parks or asks. Only a state that is itself parked work, or comes after it,
 * may go straight to its end, which must be a failure, so that AWS's own metrics see it.
 */
export function routeRefusal(machine: WorkflowDefinition, name: string, next: string): string | undefined {
  const routes = routeNames(machine);
  const evading = [...reachable(machine, next, routes)];
  const end = evading.find((state) => isEnd(machine.States[state] as State));
  if (end === undefined) return undefined;
  if (isParked(machine, name)) {
    const quiet = [...reachable(machine, next)].find((state) => isQuietEnd(machine.States[state] as State));
    return quiet && `${name} comes after the parking, yet its Catch can reach ${quiet}, which looks like a success.`;
  }
  return `The Catch of ${name} can reach ${end} by ${next} without compensating, parking or asking.`;
}

function routeNames(machine: WorkflowDefinition): Set<string> {
  return new Set(
    Object.entries(machine.States)
      .filter(([name, state]) => routeOf(name, state))
      .map(([name]) => name),
  );
}

/** Whether the state parks, or can only be reached past one that does. */
function isParked(machine: WorkflowDefinition, name: string): boolean {
  const parking = new Set(
    Object.entries(machine.States)
      .filter(([other, state]) => routeOf(other, state) === 'park')
      .map(([other]) => other),
  );
  return !reachable(machine, machine.StartAt, parking).has(name);
}

function isEnd(state: State): boolean {
  return state.Type === 'Succeed' || state.Type === 'Fail' || state.End === true || successors(state).length === 0;
}

function isQuietEnd(state: State): boolean {
  return state.Type !== 'Fail' && isEnd(state);
}
