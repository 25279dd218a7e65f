/**
 * Owns the way of a task to its service and back. Refuses to decide what becomes of a failure: it tells the engine,
 * through the driver's mailbox.
 */
import type { Caller } from '../../wire/caller';
import { AwsError } from '../../wire/aws-error';
import type { Host } from '../../wire/host';
import type { ActivityDesk } from './activity-desk';
import type { Driver, TaskStarter } from './driver';
import { awsSdk } from './integrations/aws-sdk';
import { dynamodb } from './integrations/dynamodb';
import { events } from './integrations/events';
import { type Integration, TaskFault } from './integrations/integration';
import { invokeFunction } from './integrations/lambda-function';
import { lambdaInvoke } from './integrations/lambda-invoke';
import { nestedExecution } from './integrations/nested-execution';
import { sns } from './integrations/sns';
import { sqs } from './integrations/sqs';
import type { PendingTask, RunningExecution } from './running-execution';

/** Starts tasks: functions, activities, service integrations. */
export class TaskRunner implements TaskStarter {
  private readonly integrations: Readonly<Record<string, Integration>>;

  constructor(
    private readonly host: Host,
    private readonly driver: Driver,
    private readonly activities: ActivityDesk,
  ) {
    const states = nestedExecution((executionArn, signal) => this.awaitEnd(executionArn, signal));
    this.integrations = { dynamodb, events, lambda: lambdaInvoke, sns, sqs, states };
  }

  start(running: RunningExecution, task: PendingTask): void {
    const { resource } = task.command;
    if (resource.kind === 'activity') {
      return this.activities.offer(resource.arn, {
        executionArn: running.record.arn,
        taskId: task.command.taskId,
        input: task.command.parametersText,
      });
    }
    this.driver.post(running.record.arn, { kind: 'taskStarted', taskId: task.command.taskId });
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
    const { resource, parameters, parametersText, taskId } = task.command;
    const caller = this.callerFor(running, task);
    if (resource.kind === 'lambda') {
      return invokeFunction(this.host, caller, resource.arn, parametersText, task.abort.signal);
    }
    if (resource.kind !== 'service') throw new Error(`a task of kind ${resource.kind} is not called`);
    const integration = resource.isSdk ? awsSdk : this.integrations[resource.service];
    if (!integration) {
      throw new TaskFault('States.Runtime', `The resource '${resource.arn}' is not supported by the embedded AWS`);
    }
    return integration({
      host: this.host,
      caller,
      executionArn: running.record.arn,
      service: resource.service,
      action: resource.action,
      pattern: resource.pattern,
      parameters,
      signal: task.abort.signal,
      submitted: (output) => {
        if (!task.abort.signal.aborted) this.driver.post(running.record.arn, { kind: 'taskSubmitted', taskId, output });
      },
    });
  }

  private answered(running: RunningExecution, task: PendingTask, output: string): void {
    if (task.abort.signal.aborted) return;
    const { resource, taskId } = task.command;
    // The callback may have come before the answer of the call that sent the token.
    if (resource.kind === 'service' && resource.pattern === 'waitForTaskToken') {
      this.driver.post(running.record.arn, { kind: 'taskSubmitted', taskId, output });
      return;
    }
    this.driver.settleTask(running.record.arn, taskId);
    this.driver.post(running.record.arn, { kind: 'taskSucceeded', taskId, output });
  }

  private failed(running: RunningExecution, task: PendingTask, thrown: unknown): void {
    if (task.abort.signal.aborted) return;
    const { taskId } = task.command;
    const { error, cause } = this.faultOf(thrown, task);
    this.driver.settleTask(running.record.arn, taskId);
    this.driver.post(running.record.arn, { kind: 'taskFailed', taskId, error, cause });
  }

  private faultOf(thrown: unknown, task: PendingTask): { error: string; cause: string } {
    if (thrown instanceof TaskFault) return thrown;
    if (thrown instanceof AwsError) return { error: `States.TaskFailed`, cause: thrown.message };
    this.host.warn(
      `the task ${task.command.resource.arn} met a defect: ${thrown instanceof Error ? thrown.stack : thrown}`,
    );
    return { error: 'States.TaskFailed', cause: String(thrown) };
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

  private async awaitEnd(executionArn: string, signal: AbortSignal): Promise<void> {
    await Promise.race([
      this.driver.ended(executionArn),
      new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('the task was given up')), { once: true });
      }),
    ]);
  }
}
