import type { InvokeMessage, WorkerSettings } from './protocol';

/** The context object of a Lambda handler. */
export interface InvocationContext {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  /** MB, as a string. */
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly clientContext: unknown;
  readonly identity: undefined;
  getRemainingTimeInMillis(): number;
  done(error?: unknown, result?: unknown): void;
  succeed(result?: unknown): void;
  fail(error?: unknown): void;
}

/**
 * Makes the context of one invocation; `done` answers it for handlers with a callback.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function invocationContext(
  settings: WorkerSettings,
  message: InvokeMessage,
  done: (error?: unknown, result?: unknown) => void,
): InvocationContext {
  // By `Date`, as Lambda's own runtime reckons: it follows the clock of the embedded AWS.
  const deadline = Date.now() + message.timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: settings.functionVersion,
    invokedFunctionArn: message.invokedFunctionArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId: message.requestId,
    logGroupName: settings.logGroupName,
    logStreamName: settings.logStreamName,
    clientContext: message.clientContext ? JSON.parse(message.clientContext) : undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done,
    succeed: (result) => done(null, result),
    fail: (error) => done(error ?? new Error('handled'), undefined),
  };
}
