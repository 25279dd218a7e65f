import { innerMachines, type State, type WorkflowDefinition } from '../constructs/workflow-definition';

/** A graph of states within a definition: the definition itself, a branch, or what a Map runs for each item. */
export interface NestedMachine {
  readonly machine: WorkflowDefinition;
  /** Whether an enclosing Map or Parallel takes every error that this one lets through. */
  readonly isCaughtOutside: boolean;
}

/** The errors that a state takes, in a Catch of everything. */
export function catchOfAll(state: State) {
  return (state.Catch ?? []).find((catcher) => catcher.ErrorEquals.includes('States.ALL'));
}

/** A definition and all the machines within its Map and Parallel states. */
export function nestedMachines(machine: WorkflowDefinition, isCaughtOutside = false): NestedMachine[] {
  const inner = Object.values(machine.States).flatMap((state) => {
    const caught = isCaughtOutside || catchOfAll(state) !== undefined;
    return innerMachines(state).flatMap((child) => nestedMachines(child, caught));
  });
  return [{ machine, isCaughtOutside }, ...inner];
}
