/**
 * Owns the way of a task to its service and back. Refuses to decide what becomes of a failure: it tells the engine,
 * through the driver's mailbox.
 */
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import type { ActivityDesk } from './activity-desk';
import type { Driver, TaskStarter } from './driver';
import type { PendingTask, RunningExecution } from './running-execution';
import type { TaskCaller } from './task-caller';

/** Starts tasks: functions, activities, service integrations. */
export class TaskRunner implements TaskStarter {
  constructor(
    private readonly host: Host,
    private readonly driver: Driver,
    private readonly activities: ActivityDesk,
    private readonly caller: TaskCaller,
  ) {}

  start(running: RunningExecution, task: PendingTask): void {
    const { resource, taskId, parametersText } = task.command;
    const { arn } = running.record;
    if (resource.kind === 'activity') {
      this.activities.offer(resource.arn, { executionArn: arn, taskId, input: parametersText });
      return;
    }
    this.driver.post(arn, { kind: 'taskStarted', taskId });
    void this.call(running, task).then(
      (output) => this.answered(running, task, output),
      (error) => this.failed(running, task, error),
    );
  }

  cancelled(running: RunningExecution, task: PendingTask): void {
    const { resource, taskId } = task.command;
    if (resource.kind === 'activity') this.activities.withdraw(resource.arn, running.record.arn, taskId);
  }

  private async call(running: RunningExecution, task: PendingTask): Promise<string> {
    const { taskId } = task.command;
    const { arn } = running.record;
    const { signal } = task.abort;
    return this.caller.call(task.command, {
      caller: this.callerFor(running, task),
      executionArn: arn,
      signal,
      submitted: (output) => {
        if (!signal.aborted) this.driver.post(arn, { kind: 'taskSubmitted', taskId, output });
      },
    });
  }

  private answered(running: RunningExecution, task: PendingTask, output: string): void {
    if (task.abort.signal.aborted) return;
    const { resource, taskId } = task.command;
    const { arn } = running.record;
    // The callback may have come before the answer of the call that sent the token: the engine takes both.
    if (resource.kind === 'service' && resource.pattern === 'waitForTaskToken') {
      this.driver.post(arn, { kind: 'taskSubmitted', taskId, output });
      return;
    }
    this.driver.settleTask(arn, taskId);
    this.driver.post(arn, { kind: 'taskSucceeded', taskId, output });
  }

  private failed(running: RunningExecution, task: PendingTask, thrown: unknown): void {
    if (task.abort.signal.aborted) return;
    const { taskId, resource } = task.command;
    const { arn } = running.record;
    this.driver.settleTask(arn, taskId);
    this.driver.post(arn, { kind: 'taskFailed', taskId, ...this.caller.faultOf(thrown, resource.arn) });
  }

  /** One session per execution, named by the execution, unless the state's Credentials name a role of its own. */
  private callerFor(running: RunningExecution, task: PendingTask): Caller {
    const session = running.record.name.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
    const { credentials } = task.command;
    const { machineArn } = running.record;
    if (credentials) return this.host.assumeRole(credentials.roleArn, 'states.amazonaws.com', session, machineArn);
    running.caller ??= this.host.assumeRole(running.revision.roleArn, 'states.amazonaws.com', session, machineArn);
    return running.caller;
  }
}
