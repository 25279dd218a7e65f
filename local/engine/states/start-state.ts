import type { Run } from '../flow/run';
import type { Steps } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { State } from '../model/machine';
import { startChoice } from './choice';
import { startFail } from './fail';
import { startMap } from './map';
import { startParallel } from './parallel';
import { startPass } from './pass';
import { startSucceed } from './succeed';
import { startTask } from './task';
import { startWait } from './wait';

/** Runs a state that has been entered until it is left or waits; throws StateError when it fails. */
export function startState(run: Run, thread: Thread, state: State): Steps | undefined {
  switch (state.type) {
    case 'Pass':
      return startPass(run, thread, state);
    case 'Task':
      return startTask(run, thread, state);
    case 'Choice':
      return startChoice(run, thread, state);
    case 'Wait':
      return startWait(run, thread, state);
    case 'Succeed':
      return startSucceed(run, thread, state);
    case 'Fail':
      return startFail(run, thread, state);
    case 'Parallel':
      return startParallel(run, thread, state);
    case 'Map':
      return startMap(run, thread, state);
  }
}
