/**
 * Owns the way of a task to its service and back. Refuses to decide what becomes of a failure: it tells the engine,
 * through the driver's mailbox.
 */
import type { TaskResource } from '../../engine/contract';
import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import type { ActivityDesk } from './activity-desk';
import type { Driver, TaskStarter } from './driver';
import { isCustomerManaged } from './encryption-configuration';
import { type ExecutionEncryption, sessionNameOf } from './execution-encryption';
import { TaskFault } from './integrations/integration';
import type { WaitingTask } from './model';
import { isRepeatable } from './repeatable-call';
import type { PendingTask, RunningExecution } from './running-execution';
import type { TaskCaller } from './task-caller';
import type { ExecutionTraces } from './tracing/execution-traces';

/** The KMS key of a machine or activity refuses its role, or is not enabled. */
class UnusableKey extends TaskFault {}

/** Starts tasks: functions, activities, service integrations. */
export class TaskRunner implements TaskStarter {
  constructor(
    private readonly host: Host,
    private readonly driver: Driver,
    private readonly activities: ActivityDesk,
    private readonly caller: TaskCaller,
    private readonly encryption: ExecutionEncryption,
    private readonly traces: ExecutionTraces,
  ) {}

  start(running: RunningExecution, task: PendingTask): void {
    const { resource, taskId, parametersText } = task.command;
    const { arn } = running.record;
    if (resource.kind === 'activity') {
      const waiting = { executionArn: arn, taskId, input: parametersText };
      if (!isCustomerManaged(this.activities.encryptionOf(resource.arn))) this.activities.offer(resource.arn, waiting);
      else void this.offerEncrypted(running, task, waiting).catch((error) => this.failed(running, task, error));
      return;
    }
    this.driver.post(arn, { kind: 'taskStarted', taskId });
    this.follow(running, task);
  }

  /**
   * What a worker or a callback will answer is awaited as before, and so is a nested execution. A call that has had no effect is made
   * again. Any other call has failed: as AWS does with a function whose sandbox is lost, it is left to Retry and Catch.
   */
  resume(running: RunningExecution, task: PendingTask, submitted: string | undefined): void {
    const { resource } = task.command;
    if (resource.kind === 'activity') return;
    const isCallback = resource.kind === 'service' && resource.pattern === 'waitForTaskToken';
    if (isCallback && submitted !== undefined) return;
    if (submitted !== undefined || isRepeatable(resource)) this.follow(running, task, submitted);
    else this.failed(running, task, lostFault(resource));
  }

  cancelled(running: RunningExecution, task: PendingTask): void {
    const { resource, taskId } = task.command;
    if (resource.kind === 'activity') this.activities.withdraw(resource.arn, running.record.arn, taskId);
  }

  private follow(running: RunningExecution, task: PendingTask, resumed?: string): void {
    void this.call(running, task, resumed).then(
      (output) => this.answered(running, task, output),
      (error) => this.failed(running, task, error),
    );
  }

  /** The input is encrypted with the activity's key, as the execution's role. */
  private async offerEncrypted(running: RunningExecution, task: PendingTask, waiting: WaitingTask): Promise<void> {
    const { arn } = task.command.resource;
    const encryption = this.activities.encryptionOf(arn)!;
    const role = this.callerFor(running, task);
    const dataKey = await this.unlocked(() => this.encryption.forActivityTask(role, encryption, arn));
    if (!task.abort.signal.aborted) this.activities.offer(arn, { ...waiting, dataKey });
  }

  /** A key that cannot be used ends the execution, whatever it catches. */
  private async unlocked<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof AwsError) throw new UnusableKey('States.Runtime', error.message);
      throw error;
    }
  }

  private async call(running: RunningExecution, task: PendingTask, resumed?: string): Promise<string> {
    const { arn, machineArn, name } = running.record;
    const { signal } = task.abort;
    const { revision } = running;
    if (revision.dataKey) await this.unlocked(() => this.encryption.openAsRole(revision, machineArn, name));
    return this.caller.call(task.command, {
      caller: this.callerFor(running, task),
      executionArn: arn,
      signal,
      traceHeader: this.traces.headerForTask(running.record, task.command.scheduledEventId),
      resumed,
      submitted: (output) => {
        if (!signal.aborted) this.driver.submitTask(arn, task, output);
      },
    });
  }

  private answered(running: RunningExecution, task: PendingTask, output: string): void {
    if (task.abort.signal.aborted) return;
    const { resource, taskId } = task.command;
    const { arn } = running.record;
    // The callback may have come before the answer of the call that sent the token: the engine takes both.
    if (resource.kind === 'service' && resource.pattern === 'waitForTaskToken') {
      this.driver.submitTask(arn, task, output);
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
    const fault = this.caller.faultOf(thrown, resource.arn);
    this.driver.post(arn, { kind: 'taskFailed', taskId, ...fault, isUncaught: thrown instanceof UnusableKey });
  }

  /** One session per execution, named by the execution, unless the state's Credentials name a role of its own. */
  private callerFor(running: RunningExecution, task: PendingTask): Caller {
    const session = sessionNameOf(running.record.name);
    const { credentials } = task.command;
    const { machineArn } = running.record;
    if (credentials) return this.host.assumeRole(credentials.roleArn, 'states.amazonaws.com', session, machineArn);
    running.caller ??= this.host.assumeRole(running.revision.roleArn, 'states.amazonaws.com', session, machineArn);
    return running.caller;
  }
}

/** How a task ends whose call was under way when the process died. */
function lostFault(resource: TaskResource): TaskFault {
  const isFunction = resource.kind === 'lambda' || (resource.kind === 'service' && resource.service === 'lambda');
  return isFunction
    ? new TaskFault('Lambda.Unknown', 'The cause could not be determined because Lambda did not return an error type.')
    : new TaskFault('States.TaskFailed', 'The call was under way when the embedded AWS was ended.');
}
