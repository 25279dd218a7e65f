import type { State, WorkflowDefinition } from '../../../lib/constructs/workflow-definition';

/** A step that every rule accepts: a timeout, a retry with jitter, a route for every failure, and whether it may be repeated. */
export const soundTask: State = {
  Comment: 'Repeat: safe, its key comes from the order.',
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  TimeoutSeconds: 20,
  Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 3, JitterStrategy: 'FULL' }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'RefundPayment' }],
  Next: 'Done',
};

/** An undo, whose own failure is parked. */
const refund: State = { ...soundTask, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'ParkOrder' }], Next: 'Undone' };

/** What is parked ends as a failure. */
const park: State = {
  ...soundTask,
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Review' }],
  Next: 'Review',
};

/** A definition that every rule accepts, with some of its states replaced or added. */
export function definitionWith(states: Record<string, State> = {}): WorkflowDefinition {
  return {
    StartAt: 'ChargePayment',
    States: {
      ChargePayment: soundTask,
      RefundPayment: refund,
      ParkOrder: park,
      Done: { Type: 'Succeed' },
      Undone: { Type: 'Succeed' },
      Review: { Type: 'Fail' },
      ...states,
    },
  };
}

/** A state without one of its fields. */
export function without(state: State, field: string): State {
  const { [field]: _removed, ...rest } = state;
  return rest as State;
}
