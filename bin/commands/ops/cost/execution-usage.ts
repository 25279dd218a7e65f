import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** A Lambda invocation that a history speaks of. */
export interface HistoryInvocation {
  /** A name or an ARN; undefined where the history has no data. */
  readonly functionName?: string;
  /** The request's id, by which its REPORT is found; known only of invocations that succeeded. */
  readonly requestId?: string;
  /** From start to end as Step Functions saw it, which is a little longer than what is billed. */
  readonly milliseconds: number;
}

/** What an execution's history says of its bill. */
export interface ExecutionUsage {
  /** States entered plus retries: what AWS bills of a Standard execution (aws.amazon.com/step-functions/pricing). */
  readonly transitions: number;
  readonly invocations: readonly HistoryInvocation[];
  /** Calls that the machine made itself, by service: `dynamodb`, `sqs`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Whether a Distributed Map ran, whose children have bills of their own. */
  readonly hasMapRuns: boolean;
}

/** Reads the usage from all events of a history; a redriven execution's count for all its runs, and each redrive as one transition more. */
export function usageOf(events: readonly HistoryEvent[]): ExecutionUsage {
  const byId = new Map(events.map((event) => [event.id, event]));
  const count = (isOne: (event: HistoryEvent) => boolean) => events.filter(isOne).length;
  const scheduled = events.filter(({ type }) => type === 'TaskScheduled' || type === 'LambdaFunctionScheduled');
  const entered = count(({ type }) => type?.endsWith('StateEntered') ?? false);
  const redriven = count(({ type }) => type === 'ExecutionRedriven');
  const tasks = count(({ type }) => type === 'TaskStateEntered');
  const calls: Record<string, number> = {};
  for (const { taskScheduledEventDetails: details } of scheduled) {
    const service = serviceOf(details?.resourceType, details?.resource);
    if (service !== undefined && service !== 'lambda') calls[service] = (calls[service] ?? 0) + 1;
  }
  return {
    transitions: entered + Math.max(0, scheduled.length - tasks) + redriven,
    invocations: events.flatMap((event) => invocationOf(event, byId) ?? []),
    calls,
    hasMapRuns: events.some(({ type }) => type === 'MapRunStarted'),
  };
}

function serviceOf(resourceType: string | undefined, resource: string | undefined): string | undefined {
  if (!resourceType?.startsWith('aws-sdk:')) return resourceType;
  return resourceType.split(':')[1] ?? resource;
}

const ENDS = ['TaskSucceeded', 'TaskFailed', 'TaskTimedOut'];

function invocationOf(
  end: HistoryEvent,
  byId: ReadonlyMap<number | undefined, HistoryEvent>,
): HistoryInvocation | undefined {
  if (!ENDS.includes(end.type!)) return undefined;
  let start: HistoryEvent | undefined;
  let scheduled = byId.get(end.previousEventId);
  while (scheduled && scheduled.type !== 'TaskScheduled') {
    start = scheduled;
    scheduled = byId.get(scheduled.previousEventId);
  }
  if (scheduled?.taskScheduledEventDetails?.resourceType !== 'lambda') return undefined;
  const { parameters } = scheduled.taskScheduledEventDetails;
  const output = end.taskSucceededEventDetails?.output;
  const began = (start ?? scheduled).timestamp!;
  return {
    functionName: parameters ? JSON.parse(parameters).FunctionName : undefined,
    requestId: output ? JSON.parse(output).SdkResponseMetadata?.RequestId : undefined,
    milliseconds: end.timestamp!.getTime() - began.getTime(),
  };
}
