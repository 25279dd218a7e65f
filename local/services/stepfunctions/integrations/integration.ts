import type { Json, TaskPattern } from '../../../engine/contract';
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import type { HttpAnswer, HttpRequest } from './http/http-message';

/** One call of a service integration, as the task runner hands it over. */
export interface TaskCall {
  readonly host: Host;
  /** The session of the machine's role, or of the role in the state's Credentials. */
  readonly caller: Caller;
  readonly executionArn: string;
  /** The SDK's service name of an `aws-sdk` integration, the service's own name otherwise. */
  readonly service: string;
  /** In camel case, as the Resource has it. */
  readonly action: string;
  readonly pattern: TaskPattern;
  readonly parameters: Json;
  /** Aborted when the task has timed out or its execution has ended. */
  readonly signal: AbortSignal;
  /** The `X-Amzn-Trace-Id` for services that go on with a trace: Lambda, SQS, SNS and Step Functions. */
  readonly traceHeader?: string;
  /** What `submitted` said in an earlier process: the job is there, and is awaited alone. */
  readonly resumed?: string;
  /** Says, for `.sync`, that the job has been submitted; with the answer as JSON text. */
  submitted(output: string): void;
  /** Is told of the HTTP exchange of an HTTP Task (TestState shows it); `bare` is the request without the connection's data. */
  exchanged?(bare: HttpRequest, sent: HttpRequest, answer: HttpAnswer): void;
}

/**
 * Carries out one task and gives its output as JSON text: for `.sync` that of the job, for the other patterns the
 * answer of the call. Rejects with TaskFault; any other error becomes States.TaskFailed.
 */
export type Integration = (call: TaskCall) => Promise<string>;

/** A task that failed with a name for `ErrorEquals` and a cause. */
export class TaskFault extends Error {
  override readonly name = 'TaskFault';

  constructor(
    readonly error: string,
    override readonly cause: string,
  ) {
    super(`${error}: ${cause}`);
  }
}

/** The parameters as an object; what else a state may have produced is refused as AWS does at run time. */
export function objectParameters(call: TaskCall): { [key: string]: Json } {
  const { parameters } = call;
  if (parameters === null || typeof parameters !== 'object' || Array.isArray(parameters)) {
    throw new TaskFault('States.Runtime', `The parameters of ${call.service}:${call.action} must be a JSON object`);
  }
  return parameters;
}

/** A string member that may also be written as JSON, which is then serialised (MessageBody, Detail, Input). */
export function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The ARN of the machine that an execution belongs to; of a Map Run's children `MACHINE/LABEL`. */
export function machineOf(executionArn: string): string {
  const [arn, partition, states, region, account, , machine] = executionArn.split(':');
  return [arn, partition, states, region, account, 'stateMachine', machine].join(':');
}
