import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { awsSdk } from './integrations/aws-sdk';
import { dynamodb } from './integrations/dynamodb';
import { events } from './integrations/events';
import { httpInvoke } from './integrations/http-invoke';
import { type Integration, type TaskCall, TaskFault } from './integrations/integration';
import { invokeFunction } from './integrations/lambda-function';
import { lambdaInvoke } from './integrations/lambda-invoke';
import { type AwaitEnd, nestedExecution } from './integrations/nested-execution';
import { sns } from './integrations/sns';
import { sqs } from './integrations/sqs';
import type { RunTask } from './running-execution';

/** What a call is made with besides the command. */
export interface TaskCallOptions {
  readonly caller: Caller;
  readonly executionArn: string;
  readonly signal: AbortSignal;
  /** As in TaskCall. */
  readonly traceHeader?: string;
  /** As in TaskCall. */
  readonly resumed?: string;
  submitted(output: string): void;
  readonly exchanged?: TaskCall['exchanged'];
}

/** Knows which integration carries out which Resource. */
export class TaskCaller {
  private readonly integrations: Readonly<Record<string, Integration>>;

  constructor(
    private readonly host: Host,
    awaitEnd: AwaitEnd,
    reachableHosts: readonly string[],
  ) {
    const states = nestedExecution(awaitEnd);
    this.integrations = { dynamodb, events, http: httpInvoke(reachableHosts), lambda: lambdaInvoke, sns, sqs, states };
  }

  /** The task's output as JSON text. Rejects; {@link faultOf} reads what with. */
  async call({ resource, parameters, parametersText }: RunTask, options: TaskCallOptions): Promise<string> {
    const { caller, executionArn, signal, traceHeader, resumed, submitted, exchanged } = options;
    if (resource.kind === 'lambda') {
      return invokeFunction(this.host, caller, resource.arn, parametersText, signal, traceHeader);
    }
    if (resource.kind !== 'service') throw new Error(`a task of kind ${resource.kind} is not called`);
    const { service, action, pattern, isSdk } = resource;
    const known = Object.hasOwn(this.integrations, service) ? this.integrations[service] : undefined;
    const integration = isSdk ? awsSdk : known;
    if (!integration) {
      throw new TaskFault('States.Runtime', `The resource '${resource.arn}' is not supported by the embedded AWS`);
    }
    return integration({
      host: this.host,
      caller,
      executionArn,
      service,
      action,
      pattern,
      parameters,
      signal,
      traceHeader,
      resumed,
      submitted,
      exchanged,
    });
  }

  /** The error and cause of what {@link call} rejected with. */
  faultOf(thrown: unknown, resourceArn: string): { error: string; cause: string } {
    if (thrown instanceof TaskFault) return { error: thrown.error, cause: thrown.cause };
    if (thrown instanceof AwsError) return { error: 'States.TaskFailed', cause: thrown.message };
    this.host.warn(`the task ${resourceArn} met a defect: ${thrown instanceof Error ? thrown.stack : thrown}`);
    return { error: 'States.TaskFailed', cause: String(thrown) };
  }
}
