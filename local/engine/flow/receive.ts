import type { Stimulus } from '../contract';
import { NOT_TRUNCATED } from '../history/event';
import type { Thread } from '../model/execution';
import type { MapState, TaskState, WaitState } from '../model/machine';
import { receiveMapRun } from '../states/distributed-map';
import { receiveTask, timeOutTask } from '../states/task-answers';
import { endWait } from '../states/wait';
import { failState } from './failure';
import { finishStopped } from './finish';
import { redrive } from './redrive';
import type { Run } from './run';
import { startThread } from './start-thread';
import { asStateError } from './step';
import type { Steps } from './steps';
import { startTimeout } from './timeout';

/** Takes what happened to the thread that it concerns. What concerns nobody any more has no effect. */
export function* receive(run: Run, stimulus: Stimulus): Steps {
  if (stimulus.kind === 'redrive') {
    redrive(run);
    return;
  }
  if (run.isOver) return;
  switch (stimulus.kind) {
    case 'start':
      start(run);
      return;
    case 'continue':
      return;
    case 'stop':
      finishStopped(run, 'ABORTED', stimulus.error, stimulus.cause);
      return;
    case 'timeout':
      finishStopped(run, 'TIMED_OUT', stimulus.error, stimulus.cause);
      return;
    case 'timerFired':
      yield* fire(run, stimulus.timerId);
      return;
    case 'mapRunStarted':
    case 'mapRunRedriven':
    case 'mapRunSucceeded':
    case 'mapRunFailed': {
      const thread = waitingThread(run, stimulus.mapRunId);
      if (thread?.waiting?.kind !== 'mapRun') return;
      const state = run.stateOf(thread) as MapState;
      yield* guarded(run, thread, receiveMapRun(run, thread, state, stimulus));
      return;
    }
    default: {
      const thread = waitingThread(run, stimulus.taskId);
      if (thread?.waiting?.kind !== 'task') return;
      const state = run.stateOf(thread) as TaskState;
      yield* guarded(run, thread, receiveTask(run, thread, state, thread.waiting, stimulus));
    }
  }
}

function start(run: Run): void {
  const { execution, machine } = run;
  if (execution.lastThreadId > 0) return;
  run.emitAside(0, 'ExecutionStarted', 'executionStartedEventDetails', {
    input: execution.input.text,
    inputDetails: NOT_TRUNCATED,
    roleArn: execution.roleArn,
  });
  // AWS gives the first state's event no cause.
  startThread(run, { parent: undefined, flow: machine.root, index: 0, input: execution.input, causeId: 0 });
  startTimeout(run);
}

function waitingThread(run: Run, taskId: string): Thread | undefined {
  const { tasks, threads } = run.execution;
  return Object.hasOwn(tasks, taskId) ? threads[tasks[taskId]!] : undefined;
}

function* fire(run: Run, timerId: string): Steps {
  const { timers, threads } = run.execution;
  if (!Object.hasOwn(timers, timerId)) return;
  const timer = timers[timerId]!;
  delete timers[timerId];
  if (timer.threadId === undefined) {
    finishStopped(run, 'TIMED_OUT', 'States.Timeout');
    return;
  }
  const thread = threads[timer.threadId]!;
  const { waiting } = thread;
  if (waiting?.kind === 'task') {
    const state = run.stateOf(thread) as TaskState;
    const error = timeOutTask(run, thread, state, waiting, timer.purpose === 'heartbeat');
    yield* failState(run, thread, state, error);
    if (thread.waiting === undefined) run.wake(thread);
    return;
  }
  thread.waiting = undefined;
  if (timer.purpose === 'wait') yield* guarded(run, thread, endWait(run, thread, run.stateOf(thread) as WaitState));
  run.wake(thread);
}

/** Runs a part of a state's work; when it fails, so does the state. Afterwards the thread may go on. */
function* guarded(run: Run, thread: Thread, work: Steps): Steps {
  try {
    yield* work;
  } catch (error) {
    yield* failState(run, thread, run.stateOf(thread), asStateError(error));
  }
  if (thread.waiting === undefined) run.wake(thread);
}
