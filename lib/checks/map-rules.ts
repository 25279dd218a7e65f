import {
  allStates,
  innerMachines,
  isDistributedMap,
  reachable,
  type State,
  type WorkflowDefinition,
} from '../constructs/workflow-definition';
import { EXPRESS_SECONDS } from './express-rules';
import { routeRefusal } from './failure-route';
import type { Finding } from './finding';
import { boundFindings } from './map-bounds';
import { catchOfAll } from './nested-machines';

/**
 * Refuses Maps without a cap on what runs at once, without a bound on the number of items, without a route for their own failure when their items run elsewhere,
 * whose failed items nobody looks at, and whose Express children are given more time than Express has.
 */
export function mapFindings(machine: WorkflowDefinition, subject: string, state: State): Finding[] {
  return [
    ...concurrencyFindings(subject, state),
    ...boundFindings(subject, state),
    ...toleranceFindings(machine, subject, state),
    ...(isDistributedMap(state) ? [...routeFindings(machine, subject, state), ...expressFindings(subject, state)] : []),
  ];
}

/** Whether a Map goes on when items of it fail. */
function isTolerant(state: State): boolean {
  const tolerance = [
    state.ToleratedFailurePercentage,
    state.ToleratedFailurePercentagePath,
    state.ToleratedFailureCount,
    state.ToleratedFailureCountPath,
  ];
  return tolerance.some((value) => value !== undefined && value !== 0);
}

function concurrencyFindings(subject: string, state: State): Finding[] {
  const cap = state.MaxConcurrency ?? state.MaxConcurrencyPath;
  if (cap !== undefined && cap !== 0) return [];
  return [
    {
      rule: 'map-concurrency',
      subject,
      message: `${subject} has no MaxConcurrency: it would run as many items at once as AWS lets it.`,
      fix: 'Give the state a MaxConcurrency of at least 1.',
    },
  ];
}

/** Failures that a Map tolerates reach no Catch: a Task that comes after it must look for them, whatever way is taken. */
function toleranceFindings(machine: WorkflowDefinition, subject: string, state: State): Finding[] {
  if (!isTolerant(state)) return [];
  const tasks = new Set(
    Object.entries(machine.States)
      .filter(([, { Type }]) => Type === 'Task')
      .map(([name]) => name),
  );
  const { Next: next } = state;
  const evading = next === undefined ? [subject] : [...reachable(machine, next, tasks)];
  const end = evading.find(
    (name) => ['Succeed', 'Fail'].includes(machine.States[name]!.Type) || machine.States[name]!.End,
  );
  if (end === undefined) return [];
  return [
    {
      rule: 'map-tolerance',
      subject,
      message: `${subject} tolerates failures, and ends by ${end} without a Task that looks at them: they would be lost.`,
      fix: 'Lead the Map to a Task that finds what failed, or tolerate nothing.',
    },
  ];
}

/** Reading its items, starting children and writing results can fail, which no child's Catch takes. */
function routeFindings(machine: WorkflowDefinition, subject: string, state: State): Finding[] {
  const catcher = catchOfAll(state);
  const message = catcher
    ? routeRefusal(machine, subject, catcher.Next)
    : `${subject} has no Catch of States.ALL: items that cannot be read would end the execution.`;
  if (!message) return [];
  return [
    {
      rule: 'failure-route',
      subject,
      message,
      fix: 'Catch States.ALL and lead it to a state that compensates, parks or asks.',
    },
  ];
}

function expressFindings(subject: string, state: State): Finding[] {
  const { ProcessorConfig } = state.ItemProcessor as { ProcessorConfig: { ExecutionType?: unknown } };
  if (ProcessorConfig.ExecutionType !== 'EXPRESS') return [];
  const seconds = innerMachines(state)
    .flatMap(allStates)
    .reduce((sum, [, { TimeoutSeconds }]) => sum + (Number(TimeoutSeconds) || 0), 0);
  if (seconds <= EXPRESS_SECONDS) return [];
  return [
    {
      rule: 'express-duration',
      subject,
      message: `The tasks of ${subject} may take ${seconds} s in all, its Express children ${EXPRESS_SECONDS} s.`,
      fix: 'Give the tasks less time, or make the children STANDARD.',
    },
  ];
}
