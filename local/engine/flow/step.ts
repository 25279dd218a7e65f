import { STATES_RUNTIME } from '../errors/names';
import { StateError } from '../errors/state-error';
import { stateEntered } from '../history/event';
import type { Thread } from '../model/execution';
import { startState } from '../states/start-state';
import { failState } from './failure';
import type { Run } from './run';
import type { Steps } from './steps';

/** Enters the thread's state, or takes it up again for a retry, and runs it until it is left or waits. */
export function* step(run: Run, thread: Thread): Steps {
  const state = run.flowOf(thread).states.get(thread.state);
  if (!state) {
    const reason = `The state '${thread.state}' does not exist.`;
    run.ended.push({ thread, failure: new StateError(STATES_RUNTIME, reason, { isPlain: true, isUncaught: true }) });
    return;
  }
  if (!thread.entered) {
    const eventId = run.nextEventId();
    const causeId = thread.lastEventId;
    run.events.push(stateEntered(eventId, causeId, run.nowMs, state.type, state.name, thread.input));
    thread.entered = { eventId, causeId, atMs: run.nowMs };
    thread.lastEventId = eventId;
  }
  try {
    const work = startState(run, thread, state);
    if (work) yield* work;
  } catch (error) {
    yield* failState(run, thread, state, asStateError(error));
  }
}

/** What states throw as a StateError; data nested too deeply for our stack counts as the state's own error. */
export function asStateError(error: unknown): StateError {
  if (error instanceof StateError) return error;
  if (error instanceof RangeError) return new StateError(STATES_RUNTIME, 'The data is nested too deeply.');
  throw error;
}
