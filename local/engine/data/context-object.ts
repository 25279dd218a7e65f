import type { ExecutionState, Thread } from '../model/execution';
import type { JsonObject } from '../model/json';
import type { State } from '../model/machine';

/**
 * The context object of a state. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 * `itemOwner` is the thread of the Map iteration that the state belongs to; `extra` adds members that only one field
 * knows (`Task.Token`, the item of an ItemSelector).
 */
export function contextObject(
  execution: ExecutionState,
  thread: Thread,
  state: State,
  itemOwner: Thread | undefined,
  extra: JsonObject | undefined,
): JsonObject {
  const context: JsonObject = {
    Execution: {
      Id: execution.executionArn,
      Input: execution.input.value,
      StartTime: isoTime(execution.startTimeMs),
      Name: execution.name,
      // TestState may run a state without a role.
      RoleArn: execution.roleArn || null,
    },
    StateMachine: { Id: execution.stateMachine.id, Name: execution.stateMachine.name },
    State: { Name: thread.state, EnteredTime: isoTime(thread.entered?.atMs ?? execution.startTimeMs) },
  };
  if (execution.type === 'STANDARD') {
    const own = context.Execution as JsonObject;
    own.RedriveCount = execution.redriveCount;
    if (execution.redriveTimeMs !== undefined) own.RedriveTime = isoTime(execution.redriveTimeMs);
  }
  if (state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map') {
    (context.State as JsonObject).RetryCount = thread.retryCount;
  }
  if (itemOwner) context.Map = { Item: { Index: itemOwner.index, Value: itemOwner.item!.value } };
  return { ...context, ...extra, ...execution.contextOverrides };
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
