import type { IngestionStacks } from './ingestion-stacks';

/** An execution that has ended. */
export interface EndedExecution {
  readonly status: string;
  /** What it answered; empty when it failed. */
  readonly output: Readonly<Record<string, any>>;
  readonly durationMs: number;
  /** States entered, and retries. */
  readonly transitions: number;
  /** How often each state's task was begun. */
  readonly attempts: Readonly<Record<string, number>>;
  /** Why tasks failed, each in one line. */
  readonly failures: readonly string[];
  /** Of the largest output of a state or task. */
  readonly largestOutputBytes: number;
}

/** What an execution came to; undefined while it runs. */
export async function endedExecution(
  stacks: IngestionStacks,
  executionArn: string,
): Promise<EndedExecution | undefined> {
  const { status, output, startDate, stopDate } = await stacks.call('states', 'DescribeExecution', { executionArn });
  if (status === 'RUNNING') return undefined;
  const attempts: Record<string, number> = {};
  let state = '';
  let entered = 0;
  let taskStates = 0;
  let scheduled = 0;
  let largestOutputBytes = 0;
  const failures: string[] = [];
  for (const event of await historyOf(stacks, executionArn)) {
    if (event.type.endsWith('StateEntered')) {
      entered += 1;
      state = event.stateEnteredEventDetails.name;
      if (event.type === 'TaskStateEntered') taskStates += 1;
    }
    if (event.type === 'TaskScheduled') {
      scheduled += 1;
      attempts[state] = (attempts[state] ?? 0) + 1;
    }
    if (event.type === 'TaskFailed' || event.type === 'TaskTimedOut') {
      const { error, cause } = event.taskFailedEventDetails ?? event.taskTimedOutEventDetails;
      failures.push(`${state}: ${error}: ${cause}`);
    }
    const given = event.stateExitedEventDetails?.output ?? event.taskSucceededEventDetails?.output ?? '';
    largestOutputBytes = Math.max(largestOutputBytes, Buffer.byteLength(given));
  }
  return {
    status,
    output: output ? JSON.parse(output) : {},
    durationMs: (stopDate - startDate) * 1000,
    transitions: entered + Math.max(0, scheduled - taskStates),
    attempts,
    failures,
    largestOutputBytes,
  };
}

/** The executions of a machine, by ARN. */
export async function executionsOf(stacks: IngestionStacks, stateMachineArn: string): Promise<string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await stacks.call('states', 'ListExecutions', { stateMachineArn, maxResults: 100, nextToken });
    arns.push(...page.executions.map(({ executionArn }: { executionArn: string }) => executionArn));
    nextToken = page.nextToken;
  } while (nextToken);
  return arns;
}

/** The one Map run of an execution: how its children ended, and how long it lasted. */
export async function mapRunOf(stacks: IngestionStacks, executionArn: string) {
  const { mapRuns } = await stacks.call('states', 'ListMapRuns', { executionArn });
  const { mapRunArn } = mapRuns[0];
  const { executionCounts, startDate, stopDate } = await stacks.call('states', 'DescribeMapRun', { mapRunArn });
  return { executionCounts, durationMs: (stopDate - startDate) * 1000 };
}

async function historyOf(stacks: IngestionStacks, executionArn: string): Promise<any[]> {
  const events: any[] = [];
  let nextToken: string | undefined;
  do {
    const page = await stacks.call('states', 'GetExecutionHistory', { executionArn, maxResults: 1000, nextToken });
    events.push(...page.events);
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}
