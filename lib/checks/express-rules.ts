import {
  allStates,
  innerMachines,
  isDistributedMap,
  type State,
  type WorkflowDefinition,
} from '../constructs/workflow-definition';
import type { Finding } from './finding';

/** The longest that an Express execution lasts: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const EXPRESS_SECONDS = 300;

/** What CreateStateMachine says of definitions that it refuses. */
const REFUSED = 'SCHEMA_VALIDATION_FAILED:';

/**
 * Refuses what Express does not run: callbacks, jobs that are waited for, activities, Distributed Maps, and times beyond
 * five minutes. Also of the Express children of a Standard machine's Distributed Maps.
 */
export function expressFindings(definition: WorkflowDefinition, isExpress: boolean): Finding[] {
  if (!isExpress) return allStates(definition).filter(hasExpressChildren).flatMap(childFindings);
  return [...timeFindings('the machine', definition.TimeoutSeconds), ...allStates(definition).flatMap(stateFindings)];
}

function hasExpressChildren([, state]: [string, State]): boolean {
  const { ProcessorConfig } = (state.ItemProcessor ?? {}) as { ProcessorConfig?: { readonly ExecutionType?: unknown } };
  return isDistributedMap(state) && ProcessorConfig?.ExecutionType === 'EXPRESS';
}

function childFindings([, state]: [string, State]): Finding[] {
  return innerMachines(state).flatMap(allStates).flatMap(stateFindings);
}

function stateFindings([subject, state]: [string, State]): Finding[] {
  return [
    ...integrationFindings(subject, state),
    ...mapFindings(subject, state),
    ...timeFindings(subject, state.TimeoutSeconds),
    ...timeFindings(subject, state.Type === 'Wait' ? state.Seconds : undefined),
  ];
}

function integrationFindings(subject: string, state: State): Finding[] {
  if (state.Type !== 'Task') return [];
  const resource = String(state.Resource);
  if (/:activity:/.test(resource)) {
    return [
      {
        rule: 'express-activity',
        subject,
        message: `${subject}: ${REFUSED} Express state machine does not support Activity ARN`,
        fix: 'Invoke a function, or make the machine STANDARD.',
      },
    ];
  }
  const pattern = /\.(sync(?::2)?|waitForTaskToken)$/.exec(resource)?.[1];
  if (pattern === undefined) return [];
  return [
    {
      rule: 'express-integration',
      subject,
      message: `${subject}: ${REFUSED} Express state machine does not support '.${pattern}' service integration`,
      fix: 'Ask for what answers at once, or make the machine STANDARD.',
    },
  ];
}

function mapFindings(subject: string, state: State): Finding[] {
  if (!isDistributedMap(state)) return [];
  return [
    {
      rule: 'express-map',
      subject,
      message: `${subject}: ${REFUSED} The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines`,
      fix: 'Run the items INLINE, or make the machine STANDARD.',
    },
  ];
}

/** AWS takes such a time, and ends the execution after five minutes all the same. */
function timeFindings(subject: string, seconds: unknown): Finding[] {
  if (typeof seconds !== 'number' || seconds <= EXPRESS_SECONDS) return [];
  return [
    {
      rule: 'express-timeout',
      subject,
      message: `${subject} is given ${seconds} s, and an Express execution ends after ${EXPRESS_SECONDS} s with States.Timeout.`,
      fix: `Give it at most ${EXPRESS_SECONDS} s, or make the machine STANDARD.`,
    },
  ];
}
