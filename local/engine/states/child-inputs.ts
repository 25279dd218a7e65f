import type { ChildInputsRequest, Environment } from '../contract';
import type { Awaitable } from '../data/scope';
import { Run } from '../flow/run';
import { runSteps, type Steps } from '../flow/steps';
import type { ExecutionState } from '../model/execution';
import type { Json } from '../model/json';
import type { Machine, MapState } from '../model/machine';
import { itemInput } from './iterations';

/**
 * What the children of a Map Run begin with: each item through the Map's ItemSelector. Changes nothing.
 * Rejects with StateError when an expression fails; the driver then fails the Map Run with its error and reason.
 */
export function childInputs(
  machine: Machine,
  execution: ExecutionState,
  request: ChildInputsRequest,
  environment: Environment,
): Awaitable<Json[]> {
  const run = new Run(machine, execution, environment, request.atMs);
  return runSteps(select(run, request));
}

function* select(run: Run, { mapRunId, items, firstIndex }: ChildInputsRequest): Steps<Json[]> {
  const thread = run.execution.threads[run.execution.tasks[mapRunId] ?? -1];
  if (!thread) return [];
  const state = run.stateOf(thread) as MapState;
  const inputs: Json[] = [];
  for (const [offset, item] of items.entries()) {
    const input = yield* itemInput(run, thread, state, firstIndex + offset, item);
    inputs.push(input.value);
  }
  return inputs;
}
