import type { StateError } from '../errors/state-error';
import type { Fork, Thread } from '../model/execution';
import type { MapState, ParallelState } from '../model/machine';
import { type Payload, payloadOf } from '../model/payload';
import { startIterations } from '../states/iterations';
import { abortThread } from './abort';
import { failState } from './failure';
import { layToRest } from './living-threads';
import { exitWithResult } from './result';
import type { Run } from './run';
import { asStateError } from './step';
import type { Steps } from './steps';

/** A branch or iteration has succeeded: its parent goes on when it was the last. */
export function* branchSucceeded(run: Run, child: Thread, output: Payload): Steps {
  const { parent, state, fork } = family(run, child);
  forget(run, fork, child);
  fork.results[child.index] = output.value;
  fork.missing--;
  parent.lastEventId = child.lastEventId;
  try {
    if (state.type === 'Map') {
      const cause = child.lastEventId;
      const details = { name: state.name, index: child.index };
      parent.lastEventId = run.emitAside(cause, 'MapIterationSucceeded', 'mapIterationSucceededEventDetails', details);
      yield* startIterations(run, parent, state, fork, cause);
    }
    if (fork.missing > 0) return;
    run.emitAside(parent.lastEventId, `${state.type}StateSucceeded`);
    parent.waiting = undefined;
    yield* exitWithResult(run, parent, state, payloadOf(fork.results));
  } catch (error) {
    const failure = asStateError(error);
    parent.broken = { fork, children: abortSiblings(run, state, fork) };
    parent.waiting = undefined;
    yield* failState(run, parent, state, failure);
  }
}

/** A branch or iteration has failed: so does its parent, and the others are given up. */
export function* branchFailed(run: Run, child: Thread, failure: StateError): Steps {
  const { parent, state, fork } = family(run, child);
  forget(run, fork, child);
  if (state.type === 'Map') {
    const details = { name: state.name, index: child.index };
    run.emitAside(child.lastEventId, 'MapIterationFailed', 'mapIterationFailedEventDetails', details);
  }
  parent.broken = { fork, children: [child, ...abortSiblings(run, state, fork)] };
  parent.waiting = undefined;
  parent.lastEventId = child.lastEventId;
  yield* failState(run, parent, state, failure);
}

function family(run: Run, child: Thread): { parent: Thread; state: ParallelState | MapState; fork: Fork } {
  const parent = run.parentOf(child)!;
  return { parent, state: run.stateOf(parent) as ParallelState | MapState, fork: parent.waiting as Fork };
}

function forget(run: Run, fork: Fork, child: Thread): void {
  layToRest(run.execution, child);
  fork.running.splice(fork.running.indexOf(child.id), 1);
}

/** Each branch that is given up says so: the state it stands in, then, in a Map, the iteration. */
function abortSiblings(run: Run, state: ParallelState | MapState, fork: Fork): Thread[] {
  const siblings = fork.running.map((id) => run.execution.threads[id]!);
  for (const sibling of siblings) {
    if (sibling.entered) run.emit(sibling, `${run.stateOf(sibling).type}StateAborted`);
    if (state.type === 'Map') {
      const details = { name: state.name, index: sibling.index };
      run.emitAside(sibling.lastEventId, 'MapIterationAborted', 'mapIterationAbortedEventDetails', details);
    }
    abortThread(run, sibling);
  }
  return siblings;
}
