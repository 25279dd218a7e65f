import { STATES_DATA_LIMIT_EXCEEDED } from '../errors/names';
import { StateError } from '../errors/state-error';
import { stateExited } from '../history/event';
import type { ExecutionState, Thread } from '../model/execution';
import { isObject, type Json, ownMember, setMember } from '../model/json';
import type { State } from '../model/machine';
import { exceedsPayloadLimit, type Payload } from '../model/payload';
import type { Run } from './run';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: stored variables of one execution. */
const VARIABLES_LIMIT_BYTES = 10 * 1024 * 1024;

/** Leaves a state with its output and the variables it assigns, for `next` or for the end of the flow. */
export function exitState(
  run: Run,
  thread: Thread,
  state: State,
  output: Payload,
  variables: Json | undefined,
  next: string | undefined,
): void {
  if (output.isTooLarge) throw dataLimitExceeded(state.name);
  const assigned = variables === undefined ? undefined : assign(run.execution, thread, state, variables);
  const id = run.nextEventId();
  run.events.push(stateExited(id, thread.lastEventId, run.nowMs, state.type, state.name, output, assigned));
  thread.lastEventId = id;
  leave(thread, output);
  if (next !== undefined) {
    thread.state = next;
    return;
  }
  run.ended.push({ thread, output });
}

/** Clears what belongs to one visit of a state. */
function leave(thread: Thread, output: Payload): void {
  thread.input = output;
  thread.entered = undefined;
  thread.waiting = undefined;
  thread.broken = undefined;
  thread.mapRunArn = undefined;
  thread.retryCount = 0;
  if (thread.attempts.length > 0) thread.attempts = [];
}

/** All variables of one Assign together may be as large as a payload, all of an execution 10 MiB. */
function assign(execution: ExecutionState, thread: Thread, state: State, variables: Json): Record<string, string> {
  const texts: Record<string, string> = {};
  if (!isObject(variables)) return texts;
  for (const name of Object.keys(variables)) setMember(texts, name, JSON.stringify(variables[name]));
  if (exceedsPayloadLimit(Object.values(texts).join(''))) throw dataLimitExceeded(state.name);
  const sizes = Object.entries(texts).map(([name, text]) => [name, Buffer.byteLength(text)] as const);
  const growth = sizes.reduce((sum, [name, bytes]) => sum + bytes - (ownMember(thread.variableBytes, name) ?? 0), 0);
  if (execution.variableBytes + growth > VARIABLES_LIMIT_BYTES) throw variablesLimitExceeded(state.name);
  execution.variableBytes += growth;
  for (const [name, bytes] of sizes) setMember(thread.variableBytes, name, bytes);
  for (const name of Object.keys(variables)) setMember(thread.variables, name, variables[name]!);
  return texts;
}

function variablesLimitExceeded(stateName: string): StateError {
  const cause = `The variables assigned by the state '${stateName}' exceed the limit of ${VARIABLES_LIMIT_BYTES} bytes for all variables of an execution.`;
  return new StateError(STATES_DATA_LIMIT_EXCEEDED, cause, { isPlain: true });
}

/** States.DataLimitExceeded of a state, or of the task that it names. */
export function dataLimitExceeded(subject: string): StateError {
  return new StateError(
    STATES_DATA_LIMIT_EXCEEDED,
    `The state/task '${subject}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    { isPlain: true },
  );
}
