import type { Environment, Outcome, Stimulus } from '../contract';
import type { Awaitable } from '../data/scope';
import type { ExecutionState, Thread } from '../model/execution';
import type { Machine } from '../model/machine';
import { finishFailed, finishFull, finishSucceeded } from './finish';
import { branchFailed, branchSucceeded } from './join';
import { receive } from './receive';
import { HistoryFull, Run } from './run';
import { step } from './step';
import { runSteps, type Steps } from './steps';

/**
 * Lets one thing happen to an execution: changes its state, and gives the events to record and the commands to carry
 * out. See contract.ts for what a driver owes.
 */
export function advance(
  machine: Machine,
  execution: ExecutionState,
  stimulus: Stimulus,
  environment: Environment,
): Awaitable<Outcome> {
  const run = new Run(machine, execution, environment, stimulus.atMs);
  return runSteps(carryOn(run, stimulus));
}

function* carryOn(run: Run, stimulus: Stimulus): Steps<Outcome> {
  try {
    yield* receive(run, stimulus);
    yield* settleEnded(run);
    yield* runReady(run);
  } catch (error) {
    if (!(error instanceof HistoryFull)) throw error;
    finishFull(run);
  }
  return { events: run.events, commands: run.commands };
}

function* runReady(run: Run): Steps {
  const { ready } = run.execution;
  for (let taken = 0; !run.isOver; ) {
    const id = ready[taken];
    if (id === undefined) {
      ready.length = 0;
      return;
    }
    taken++;
    const thread = run.execution.threads[id];
    while (thread && isAwake(run, thread)) {
      if (run.stepsLeft-- <= 0) {
        ready.splice(0, taken - 1);
        run.commands.push({ kind: 'continue' });
        return;
      }
      yield* step(run, thread);
      if (run.ended.length > 0) yield* settleEnded(run);
    }
  }
}

function isAwake(run: Run, thread: Thread): boolean {
  return thread.waiting === undefined && run.execution.threads[thread.id] === thread && !run.isOver;
}

/** Tells the parents of threads that ended, or ends the execution; a loop, since one end may bring about another. */
function* settleEnded(run: Run): Steps {
  for (let end = run.ended.shift(); end; end = run.ended.shift()) {
    const { thread } = end;
    if (thread.parentId === undefined) {
      if ('output' in end) finishSucceeded(run, thread, end.output);
      else finishFailed(run, thread, end.failure);
    } else {
      const parent = run.parentOf(thread)!;
      if ('output' in end) yield* branchSucceeded(run, thread, end.output);
      else yield* branchFailed(run, thread, end.failure);
      if (parent.waiting === undefined) run.wake(parent);
    }
  }
}
