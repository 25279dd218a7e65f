import { numberValue } from '../data/number-value';
import { evaluateTemplate } from '../data/template';
import { runtimeError } from '../errors/state-error';
import { dataLimitExceeded } from '../flow/exit';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import { type TaskSchedule, taskScheduled } from '../history/task-events';
import type { TaskWait, Thread } from '../model/execution';
import { isObject, ownMember } from '../model/json';
import type { NumberField, TaskState } from '../model/machine';
import { payloadOf } from '../model/payload';
import { effectiveInput } from './effective-input';

/** Task: hands work to the driver and waits for its answer, its timeout or a missed heartbeat. */
export function* startTask(run: Run, thread: Thread, state: TaskState): Steps {
  const { resource } = state;
  const { execution } = run;
  const taskId = String(++execution.lastTaskId);
  const needsToken = resource.kind === 'service' && resource.pattern === 'waitForTaskToken';
  const token = needsToken ? run.environment.taskToken(taskId) : undefined;
  const context = token === undefined ? undefined : { Task: { Token: token } };
  const scope = new StateScope(run, thread, thread.input.value, undefined, undefined, context);
  const parameters = yield* settle(effectiveInput(state, scope));
  const payload = parameters === thread.input.value ? thread.input : payloadOf(parameters);
  if (payload.isTooLarge) throw dataLimitExceeded(state.name);
  const schedule: TaskSchedule = {
    resource,
    region: execution.executionArn.split(':')[3] ?? '',
    parameters: payload,
    timeoutSeconds: yield* seconds(state.timeout, scope),
    heartbeatSeconds: yield* seconds(state.heartbeat, scope),
    roleArn: yield* roleOf(state, scope),
  };
  if (resource.kind === 'activity' && run.environment.activityExists?.(resource.arn) === false) {
    throw runtimeError(`The activity ${resource.arn} does not exist.`);
  }
  const { type, detailsName, details } = taskScheduled(schedule);
  const scheduledEventId = run.emit(thread, type, detailsName, details);
  wait(run, thread, taskId, token, schedule);
  run.commands.push({
    kind: 'runTask',
    taskId,
    stateName: state.name,
    resource,
    parameters: payload.value,
    parametersText: payload.text,
    credentials: schedule.roleArn === undefined ? undefined : { roleArn: schedule.roleArn },
    timeoutSeconds: schedule.timeoutSeconds,
    heartbeatSeconds: schedule.heartbeatSeconds,
    taskToken: token,
    attempt: thread.retryCount,
    scheduledEventId,
  });
}

function wait(run: Run, thread: Thread, taskId: string, token: string | undefined, schedule: TaskSchedule): void {
  const { timeoutSeconds, heartbeatSeconds } = schedule;
  const start = (seconds: number | undefined, purpose: 'taskTimeout' | 'heartbeat') =>
    seconds === undefined ? undefined : run.startTimer(run.nowMs + seconds * 1000, { purpose, threadId: thread.id });
  const waiting: TaskWait = {
    kind: 'task',
    taskId,
    token,
    isStarted: false,
    timeoutTimerId: start(timeoutSeconds, 'taskTimeout'),
    heartbeatTimerId: start(heartbeatSeconds, 'heartbeat'),
    heartbeatSeconds,
  };
  thread.waiting = waiting;
  run.execution.tasks[taskId] = thread.id;
}

function* seconds(field: NumberField | undefined, scope: StateScope): Steps<number | undefined> {
  if (!field) return undefined;
  const value = yield* settle(numberValue(field, scope, 'integer'));
  if (value <= 0)
    throw runtimeError(`The ${field.kind === 'literal' ? 'timeout' : field.field} must be positive but was: ${value}`);
  return value;
}

function* roleOf(state: TaskState, scope: StateScope): Steps<string | undefined> {
  if (!state.credentials) return undefined;
  const credentials = yield* settle(evaluateTemplate(state.credentials, scope));
  const roleArn = isObject(credentials) ? ownMember(credentials, 'RoleArn') : undefined;
  return typeof roleArn === 'string' ? roleArn : undefined;
}
