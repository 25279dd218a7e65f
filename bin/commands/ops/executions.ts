import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  type ExecutionStatus,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';

/** The status of an execution; undefined when there is none. Input and output are not asked for: they may be encrypted. */
export async function executionStatus(sfn: SFNClient, executionArn: string): Promise<string | undefined> {
  try {
    const found = await sfn.send(new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }));
    return found.status;
  } catch (error) {
    if (['ExecutionDoesNotExist', 'InvalidArn'].includes((error as Error).name)) return undefined;
    throw error;
  }
}

/** Executions of a machine, the latest first, those of one status when it is given, until `sinceMs`. */
export async function* executionsOf(
  sfn: SFNClient,
  stateMachineArn: string,
  { status, sinceMs = 0 }: { status?: ExecutionStatus; sinceMs?: number } = {},
): AsyncGenerator<ExecutionListItem> {
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: status, maxResults: 1000, nextToken }),
    );
    for (const execution of page.executions ?? []) {
      if (execution.startDate!.getTime() < sinceMs) return;
      yield execution;
    }
    nextToken = page.nextToken;
  } while (nextToken);
}

/** The latest events of an execution, the latest first. */
export async function latestEvents(sfn: SFNClient, executionArn: string, maxResults: number): Promise<HistoryEvent[]> {
  const { events = [] } = await sfn.send(
    new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults, includeExecutionData: false }),
  );
  return events;
}

/** Whether a call failed because the caller may not use the key that the machine's histories are encrypted with. */
export function isSealed(error: unknown): boolean {
  return error instanceof Error && /^(AccessDenied|KmsAccessDenied)/.test(error.name);
}
