import type { Stimulus } from '../contract';
import { STATES_HEARTBEAT_TIMEOUT, STATES_TIMEOUT } from '../errors/names';
import { StateError } from '../errors/state-error';
import { dataLimitExceeded } from '../flow/exit';
import { errorDetails } from '../flow/finish';
import { exitWithResult } from '../flow/result';
import type { Run } from '../flow/run';
import type { Steps } from '../flow/steps';
import { NOT_TRUNCATED } from '../history/event';
import { taskEvent } from '../history/task-events';
import type { TaskWait, Thread } from '../model/execution';
import type { TaskState } from '../model/machine';
import { exceedsPayloadLimit, payloadOfText } from '../model/payload';
import { resourceLabels } from '../model/resource';

/** What the driver reports of a task. */
export type TaskStimulus = Extract<Stimulus, { taskId: string }>;

/** Takes a report of the task that the thread waits for; throws StateError when the task has failed. */
export function* receiveTask(
  run: Run,
  thread: Thread,
  state: TaskState,
  wait: TaskWait,
  stimulus: TaskStimulus,
): Steps {
  switch (stimulus.kind) {
    case 'taskStarted':
      start(run, thread, state, wait, stimulus.workerName);
      return;
    case 'taskSubmitted':
      start(run, thread, state, wait);
      emit(run, thread, state, 'Submitted', { output: stimulus.output, outputDetails: NOT_TRUNCATED });
      return;
    case 'taskHeartbeat':
      if (wait.heartbeatSeconds === undefined) return;
      run.cancelTimer(wait.heartbeatTimerId);
      wait.heartbeatTimerId = run.startTimer(run.nowMs + wait.heartbeatSeconds * 1000, {
        purpose: 'heartbeat',
        threadId: thread.id,
      });
      return;
    case 'taskSucceeded':
      start(run, thread, state, wait);
      settleTask(run, thread, wait);
      if (exceedsPayloadLimit(stimulus.output)) {
        const error = dataLimitExceeded(subjectOf(state));
        emit(run, thread, state, 'Failed', errorDetails(error.error, error.reason));
        throw error;
      }
      emit(run, thread, state, 'Succeeded', { output: stimulus.output, outputDetails: NOT_TRUNCATED });
      yield* exitWithResult(run, thread, state, payloadOfText(stimulus.output));
      return;
    case 'taskFailed': {
      const { error, cause, phase = 'run', isUncaught } = stimulus;
      if (phase === 'run' || phase === 'submit') start(run, thread, state, wait);
      settleTask(run, thread, wait);
      emit(run, thread, state, FAILED[phase], errorDetails(error, cause));
      throw new StateError(error, cause, { isPlain: true, isOfTask: true, isUncaught });
    }
  }
}

const FAILED = { run: 'Failed', schedule: 'ScheduleFailed', start: 'StartFailed', submit: 'SubmitFailed' } as const;

/** The task's time is over, or its worker was silent for too long: both are reported as States.Timeout. */
export function timeOutTask(
  run: Run,
  thread: Thread,
  state: TaskState,
  wait: TaskWait,
  isHeartbeat: boolean,
): StateError {
  settleTask(run, thread, wait);
  run.commands.push({ kind: 'cancelTask', taskId: wait.taskId });
  emit(run, thread, state, 'TimedOut', { error: STATES_TIMEOUT });
  const alias = isHeartbeat ? STATES_HEARTBEAT_TIMEOUT : undefined;
  return new StateError(STATES_TIMEOUT, undefined, { isPlain: true, alias });
}

function start(run: Run, thread: Thread, state: TaskState, wait: TaskWait, workerName?: string): void {
  if (wait.isStarted) return;
  wait.isStarted = true;
  emit(run, thread, state, 'Started', workerName === undefined ? {} : { workerName });
}

/** The task no longer runs: nothing waits for it. */
function settleTask(run: Run, thread: Thread, wait: TaskWait): void {
  run.cancelTimer(wait.timeoutTimerId);
  run.cancelTimer(wait.heartbeatTimerId);
  delete run.execution.tasks[wait.taskId];
  thread.waiting = undefined;
}

function emit(run: Run, thread: Thread, state: TaskState, what: string, details: object): void {
  const event = taskEvent(state.resource, what, details);
  run.emit(thread, event.type, event.detailsName, event.details);
}

/** How AWS names a task whose result is too large: the function's ARN, or the service. */
function subjectOf(state: TaskState): string {
  return state.resource.kind === 'service' ? resourceLabels(state.resource).resourceType : state.resource.arn;
}
