import type { Run } from '../flow/run';
import type { Steps } from '../flow/steps';
import type { Thread } from '../model/execution';
import type { SucceedState } from '../model/machine';
import { exitWithInput } from './exit-with-input';
import { exitWithOutput } from './exit-with-output';

/** Succeed: ends its flow. */
export function startSucceed(run: Run, thread: Thread, state: SucceedState): Steps {
  return (state.language === 'JSONata' ? exitWithOutput : exitWithInput)(run, thread, state, undefined);
}
