import type { State, WorkflowDefinition } from '../constructs/workflow-definition';
import { routeRefusal } from './failure-route';
import type { Finding } from './finding';
import { mapFindings } from './map-rules';
import { catchOfAll, nestedMachines } from './nested-machines';

/**
 * Refuses Tasks without a timeout, a retry policy, or a route for failures of every kind, and what map-rules refuse of Maps.
 * Where a caller waits for the answer of each execution (`isAnswered`), a failure that nobody catches is told to the caller.
 */
export function taskFindings(definition: WorkflowDefinition, isAnswered = false): Finding[] {
  return nestedMachines(definition, isAnswered).flatMap(({ machine, isCaughtOutside }) =>
    Object.entries(machine.States).flatMap(([name, state]) => {
      if (state.Type === 'Map') return mapFindings(machine, name, state);
      if (state.Type !== 'Task') return [];
      return [
        ...timeoutFindings(name, state),
        ...retryFindings(name, state),
        ...(isCaughtOutside && !state.Catch ? [] : catchFindings(machine, name, state)),
      ];
    }),
  );
}

function timeoutFindings(subject: string, state: State): Finding[] {
  if (state.TimeoutSeconds !== undefined || state.TimeoutSecondsPath !== undefined) return [];
  const isCallback = String(state.Resource).endsWith('.waitForTaskToken');
  return [
    {
      rule: isCallback ? 'callback-timeout' : 'task-timeout',
      subject,
      message: isCallback
        ? `${subject} waits for an answer that may never come: without TimeoutSeconds, for a year.`
        : `${subject} has no TimeoutSeconds: it would wait up to a year.`,
      fix: 'Give the state TimeoutSeconds.',
    },
  ];
}

function retryFindings(subject: string, state: State): Finding[] {
  const retries = (state.Retry as { MaxAttempts?: number; JitterStrategy?: string }[] | undefined) ?? [];
  if (retries.length === 0) {
    return [
      {
        rule: 'task-retry',
        subject,
        message: `${subject} has no Retry: a moment's trouble would fail it.`,
        fix: 'Give the state a Retry, with MaxAttempts 0 if it must run only once.',
      },
    ];
  }
  if (retries.every((retry) => retry.MaxAttempts === 0 || retry.JitterStrategy === 'FULL')) return [];
  return [
    {
      rule: 'retry-jitter',
      subject,
      message: `${subject} retries without jitter: executions that failed together come back together.`,
      fix: "Give every Retry JitterStrategy 'FULL'.",
    },
  ];
}

function catchFindings(machine: WorkflowDefinition, subject: string, state: State): Finding[] {
  const catcher = catchOfAll(state);
  if (!catcher) {
    return [
      {
        rule: 'failure-route',
        subject,
        message: `${subject} has no Catch of States.ALL: an error that nobody thought of would end the execution.`,
        fix: 'Catch States.ALL and lead it to a state that compensates, parks or asks.',
      },
    ];
  }
  const message = routeRefusal(machine, subject, catcher.Next);
  if (!message) return [];
  return [
    { rule: 'failure-route', subject, message, fix: 'Lead the Catch to a state that compensates, parks or asks.' },
  ];
}
