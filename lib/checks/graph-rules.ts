import { type State, successors, type WorkflowDefinition } from '../constructs/workflow-definition';
import type { Finding } from './finding';
import { nestedMachines } from './nested-machines';

/** Refuses a Choice without a default, and a loop that nothing ends. */
export function graphFindings(definition: WorkflowDefinition): Finding[] {
  return nestedMachines(definition).flatMap(({ machine }) => [...defaultFindings(machine), ...loopFindings(machine)]);
}

function defaultFindings(machine: WorkflowDefinition): Finding[] {
  return Object.entries(machine.States)
    .filter(([, state]) => state.Type === 'Choice' && !state.Default)
    .map(([subject]) => ({
      rule: 'choice-default',
      subject,
      message: `${subject} has no Default: a value that nobody thought of would end the execution.`,
      fix: 'Give the Choice a Default.',
    }));
}

/**
 * A loop is bounded by a Choice that goes round only while a counter is below a number, or by a Task whose arguments
 * `$assert` the same, and a state of the machine that adds one to that counter. Without the edges that such states
 * guard, no cycle may remain.
 */
function loopFindings(machine: WorkflowDefinition): Finding[] {
  const cycle = findCycle(machine);
  if (!cycle) return [];
  const subject = cycle[0] as string;
  return [
    {
      rule: 'loop-bound',
      subject,
      message: `${[...cycle, subject].join(' → ')} is a loop that nothing ends.`,
      fix: 'Let a Choice go round, or a Task $assert in its arguments, only while a counter, that a state in the loop adds 1 to, is less than a number.',
    },
  ];
}

function findCycle(machine: WorkflowDefinition): string[] | undefined {
  const finished = new Set<string>();
  const visit = (name: string, path: string[]): string[] | undefined => {
    if (path.includes(name)) return path.slice(path.indexOf(name));
    const state = machine.States[name];
    if (!state || finished.has(name)) return undefined;
    for (const next of unguardedSuccessors(machine, state)) {
      const cycle = visit(next, [...path, name]);
      if (cycle) return cycle;
    }
    finished.add(name);
    return undefined;
  };
  for (const name of Object.keys(machine.States)) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}

function unguardedSuccessors(machine: WorkflowDefinition, state: State): string[] {
  if (state.Type === 'Task' && isAsserting(machine, state)) return (state.Catch ?? []).map(({ Next }) => Next);
  if (state.Type !== 'Choice') return successors(state);
  const open = (state.Choices ?? []).filter((choice) => !isGuarded(machine, choice.Condition));
  return [...open.map((choice) => choice.Next), ...(state.Default ? [state.Default] : [])];
}

/** A condition is a guard when one of its terms, joined by `and`, compares a counter with a number. */
function isGuarded(machine: WorkflowDefinition, condition: string | undefined): boolean {
  return (condition ?? '')
    .replace(/^\{%|%\}$/g, '')
    .split(/\band\b/)
    .some((term) => isBelowBound(machine, term));
}

/** A task whose arguments assert a guard fails beyond it, with an error that must not be tried again. */
function isAsserting(machine: WorkflowDefinition, state: State): boolean {
  const [firstRetry] = (state.Retry as { ErrorEquals: string[]; MaxAttempts?: number }[] | undefined) ?? [];
  const isTriedOnce = firstRetry?.MaxAttempts === 0 && firstRetry.ErrorEquals.includes('States.QueryEvaluationError');
  const asserted = [...JSON.stringify(state.Arguments ?? null).matchAll(/\$assert\(([^,]*),/g)];
  return isTriedOnce && asserted.some(([, term]) => isBelowBound(machine, term as string));
}

function isBelowBound(machine: WorkflowDefinition, term: string): boolean {
  const counter = /^\s*\$(?:states\.input\.)?(\w+)\s*<=?\s*\d+\s*$/.exec(term)?.[1];
  const adds = new RegExp(`"${counter}":"\\{%[^"]*${counter}[^"]*\\+ 1 %\\}"`);
  return counter !== undefined && adds.test(JSON.stringify(machine.States));
}
