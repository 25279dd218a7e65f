import { DescribeExecutionCommand, GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import type { Shop } from './shop';

/** Whatever has a client of Step Functions: a shop, or any other stack. */
export type StepFunctions = Pick<Shop, 'sfn'>;

/** An execution that has ended, and what it cost in the terms of the bill. */
export interface FinishedExecution {
  readonly executionArn: string;
  readonly status: string;
  /** The order's end: the output's `status`, or the error of one that failed. */
  readonly end: string;
  /** Empty for one that failed. */
  readonly output: Readonly<Record<string, any>>;
  /** Names of the states that were entered, in order. */
  readonly path: readonly string[];
  /** States entered plus retries: what AWS bills (aws.amazon.com/step-functions/pricing). */
  readonly transitions: number;
  readonly lambdaCalls: number;
  /** When it began and ended, in milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly stoppedAtMs: number;
  /** Of an Express machine: neither listed nor described by any API, and not billed by transitions. */
  readonly isExpress?: boolean;
  /** Times a transaction lost against another and went round or was retried. */
  readonly conflicts: number;
}

const FOLLOWED_AT_ONCE = 5;

/** The ARN of an execution of the given machine. */
export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** Waits until an execution exists and has ended; throws after `timeoutMs`. */
export async function awaitExecution(
  shop: StepFunctions,
  arn: string,
  timeoutMs = 120_000,
): Promise<FinishedExecution> {
  const until = Date.now() + timeoutMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 1.5, 1000)) {
    const status = await statusOf(shop, arn);
    if (status && status !== 'RUNNING') return describeFinished(shop, arn);
    if (Date.now() > until)
      throw new Error(`${arn} did not end within ${timeoutMs / 1000} s: ${status ?? 'never started'}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Waits for many executions, a few at a time, so that asking does not slow down what is asked about. */
export async function awaitExecutions(
  shop: StepFunctions,
  arns: readonly string[],
  timeoutMs: number,
): Promise<FinishedExecution[]> {
  const waiting = [...arns.entries()];
  const finished: FinishedExecution[] = [];
  const follow = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      finished[next[0]] = await awaitExecution(shop, next[1], timeoutMs);
    }
  };
  await Promise.all(Array.from({ length: FOLLOWED_AT_ONCE }, follow));
  return finished;
}

/** The status of an execution, undefined while it does not exist. */
export async function statusOf(shop: StepFunctions, arn: string): Promise<string | undefined> {
  try {
    return (await shop.sfn.send(new DescribeExecutionCommand({ executionArn: arn }))).status;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return undefined;
    throw error;
  }
}

/** The whole history of an execution. */
export async function historyOf(shop: StepFunctions, arn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await shop.sfn.send(
      new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000, nextToken }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

async function describeFinished(shop: StepFunctions, arn: string): Promise<FinishedExecution> {
  const description = await shop.sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
  const events = await historyOf(shop, arn);
  const entered = events.filter((event) => event.type?.endsWith('StateEntered'));
  const scheduled = events.filter(
    (event) => event.type === 'TaskScheduled' || event.type === 'LambdaFunctionScheduled',
  );
  const taskStates = entered.filter((event) => event.type === 'TaskStateEntered');
  const output = description.output ? JSON.parse(description.output) : {};
  return {
    executionArn: arn,
    status: description.status!,
    end: output.status ?? description.error ?? description.status!,
    output,
    path: entered.map((event) => event.stateEnteredEventDetails!.name!),
    startedAtMs: description.startDate!.getTime(),
    stoppedAtMs: description.stopDate!.getTime(),
    transitions: entered.length + Math.max(0, scheduled.length - taskStates.length),
    lambdaCalls: scheduled.filter(isLambda).length,
    conflicts: events.filter((event) => event.taskFailedEventDetails?.cause?.includes('TransactionConflict')).length,
  };
}

function isLambda(event: HistoryEvent): boolean {
  return event.type === 'LambdaFunctionScheduled' || event.taskScheduledEventDetails?.resourceType === 'lambda';
}
