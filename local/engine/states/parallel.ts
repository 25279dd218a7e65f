import type { Run } from '../flow/run';
import { startThread } from '../flow/start-thread';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { ParallelState } from '../model/machine';
import { payloadOf } from '../model/payload';
import { effectiveInput } from './effective-input';

/** Parallel: starts all its branches with the same input; goes on when all have ended. */
export function* startParallel(run: Run, thread: Thread, state: ParallelState): Steps {
  const scope = new StateScope(run, thread, thread.input.value);
  const input = yield* settle(effectiveInput(state, scope));
  const payload = input === thread.input.value ? thread.input : payloadOf(input);
  const startedEventId = run.emit(thread, 'ParallelStateStarted');
  const children = state.branches.map((branch, index) =>
    startThread(run, { parent: thread, flow: branch, index, input: payload, causeId: startedEventId }),
  );
  thread.waiting = {
    kind: 'fork',
    running: children.map((child) => child.id),
    results: children.map(() => null),
    missing: children.length,
    nextIndex: children.length,
    maxConcurrency: children.length,
  };
}
