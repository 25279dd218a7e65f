import type { HistoryEvent } from '../contract';
import type { Payload } from '../model/payload';

/** The engine never cuts what an event shows. */
export const NOT_TRUNCATED = Object.freeze({ truncated: false });

/** An event without details. */
export function emptyEvent(id: number, previousEventId: number, timestamp: number, type: string): HistoryEvent {
  return { id, previousEventId, timestamp, type };
}

/** `…StateEntered`. */
export function stateEntered(
  id: number,
  previousEventId: number,
  timestamp: number,
  stateType: string,
  name: string,
  input: Payload,
): HistoryEvent {
  const type = ENTERED[stateType]!;
  const stateEnteredEventDetails = { input: input.text, inputDetails: NOT_TRUNCATED, name };
  return { id, previousEventId, timestamp, type, stateEnteredEventDetails };
}

/** `…StateExited`; `assigned` holds the JSON texts of the variables that the state assigned. */
export function stateExited(
  id: number,
  previousEventId: number,
  timestamp: number,
  stateType: string,
  name: string,
  output: Payload,
  assigned: Record<string, string> | undefined,
): HistoryEvent {
  const type = EXITED[stateType]!;
  const stateExitedEventDetails: Record<string, unknown> = { name, output: output.text, outputDetails: NOT_TRUNCATED };
  if (assigned) {
    stateExitedEventDetails.assignedVariables = assigned;
    stateExitedEventDetails.assignedVariablesDetails = NOT_TRUNCATED;
  }
  return { id, previousEventId, timestamp, type, stateExitedEventDetails };
}

const STATE_TYPES = ['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'];
const ENTERED: Readonly<Record<string, string>> = Object.fromEntries(
  STATE_TYPES.map((type) => [type, `${type}StateEntered`]),
);
const EXITED: Readonly<Record<string, string>> = Object.fromEntries(
  STATE_TYPES.map((type) => [type, `${type}StateExited`]),
);
