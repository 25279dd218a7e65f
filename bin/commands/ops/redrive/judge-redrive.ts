import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { type DeployedMachine, innerMachines, repeatDeclaration, statesByName } from './repeat';

/** Whether an execution may be redriven. `states`: the tasks that would run again. */
export type RedriveVerdict =
  | { readonly kind: 'safe'; readonly states: readonly string[] }
  | { readonly kind: 'refused'; readonly state: string; readonly why: string };

/**
 * Whether all that a redrive would run again may run again. A redrive goes on at the states that were entered and not left: those that failed,
 * timed out or were aborted (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html). Children of a
 * Distributed Map have histories of their own, so that for one that has not ended all its tasks count. An execution that came to a Fail state
 * ended as its definition says, and would only fail again.
 */
export function judgeRedrive(machine: DeployedMachine, events: readonly HistoryEvent[]): RedriveVerdict {
  const states = statesByName(machine);
  const repeated: string[] = [];
  for (const name of openStates(events)) {
    const state = states.get(name);
    if (!state) return { kind: 'refused', state: name, why: 'the definition does not have it' };
    if (state.Type === 'Fail') {
      return {
        kind: 'refused',
        state: name,
        why: 'it is a Fail state: the execution ended as it should, and would fail again',
      };
    }
    if (state.Type === 'Task') repeated.push(name);
    if (state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED')
      repeated.push(...tasksWithin(innerMachines(state)));
  }
  for (const name of repeated) {
    const declaration = repeatDeclaration(states.get(name)!);
    if (!declaration) return { kind: 'refused', state: name, why: 'it does not say whether it may run again' };
    if (!declaration.isSafe) return { kind: 'refused', state: name, why: declaration.why };
  }
  return { kind: 'safe', states: repeated };
}

/** Names of the states that were entered more often than left; with redrives, those of the last run. */
function openStates(events: readonly HistoryEvent[]): string[] {
  const open = new Map<string, number>();
  for (const event of events) {
    const entered = event.stateEnteredEventDetails?.name;
    const exited = event.stateExitedEventDetails?.name;
    if (entered !== undefined) open.set(entered, (open.get(entered) ?? 0) + 1);
    if (exited !== undefined) open.set(exited, (open.get(exited) ?? 0) - 1);
  }
  return [...open].filter(([, count]) => count > 0).map(([name]) => name);
}

function tasksWithin(machines: readonly DeployedMachine[]): string[] {
  return machines.flatMap((machine) =>
    [...statesByName(machine)].flatMap(([name, { Type }]) => (Type === 'Task' ? name : [])),
  );
}
