import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  type HistoryEvent,
  ListMapRunsCommand,
  paginateGetExecutionHistory,
} from '@aws-sdk/client-sfn';
import { PRICES } from '../../prices';
import type { Aws } from '../aws';
import { isSealed } from '../executions';
import { type CostLine, priced } from './cost-line';
import { type HistoryInvocation, usageOf } from './execution-usage';
import { reportsIn } from './lambda-reports';

/** A report reaches CloudWatch Logs some seconds after the invocation. */
const REPORT_LATENCY_MS = 60_000;

/** What one Standard execution cost, from its history and the reports of its functions. Throws an Error when its history is encrypted. */
export async function executionCost(aws: Aws, executionArn: string): Promise<CostLine[]> {
  const { sfn } = aws;
  const described = await sfn.send(new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }));
  const events = await wholeHistory(aws, executionArn);
  const usage = usageOf(events);
  const fromMs = described.startDate!.getTime();
  const toMs = (described.stopDate?.getTime() ?? Date.now()) + REPORT_LATENCY_MS;
  const calls = Object.entries(usage.calls).map(([service, count]): CostLine => {
    if (service === 'sqs') return priced('SQS requests of the machine itself', count, PRICES.sqsRequest);
    return {
      what: `${service} requests of the machine itself`,
      quantity: `${count}; see --workflow for what they consumed`,
    };
  });
  return [
    priced('state transitions, retries included', usage.transitions, PRICES.transition),
    ...(await lambdaLines(aws, usage.invocations, fromMs, toMs)),
    ...calls,
    ...(usage.hasMapRuns ? await mapRunLines(aws, executionArn) : []),
  ];
}

async function wholeHistory({ sfn }: Aws, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  try {
    for await (const page of paginateGetExecutionHistory({ client: sfn }, { executionArn, maxResults: 1000 })) {
      events.push(...(page.events ?? []));
    }
  } catch (error) {
    if (isSealed(error))
      throw new Error(
        `The history of ${executionArn} is encrypted with a key that is not for you: what it cost cannot be told.`,
      );
    throw error;
  }
  return events;
}

async function lambdaLines(
  aws: Aws,
  invocations: readonly HistoryInvocation[],
  fromMs: number,
  toMs: number,
): Promise<CostLine[]> {
  if (invocations.length === 0) return [];
  let gigabyteSeconds = 0;
  let reported = 0;
  for (const [functionName, its] of groupedByFunction(invocations)) {
    const configuration = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
    const logGroup = configuration.LoggingConfig?.LogGroup;
    const reports = logGroup ? await reportsIn(aws.logs, logGroup, fromMs, toMs) : new Map();
    for (const { requestId, milliseconds } of its) {
      const report = requestId === undefined ? undefined : reports.get(requestId);
      if (report) reported++;
      const memory = report?.memoryMegabytes ?? configuration.MemorySize!;
      gigabyteSeconds += ((report?.billedMilliseconds ?? milliseconds) / 1000) * (memory / 1024);
    }
  }
  const others = invocations.length - reported;
  const seen = others === 0 ? 'GB-seconds' : `GB-seconds, of ${others} invocations as Step Functions saw them`;
  return [
    priced('Lambda invocations', invocations.length, PRICES.lambdaRequest),
    priced('Lambda time', gigabyteSeconds, PRICES.lambdaGigabyteSecondArm, seen),
  ];
}

function groupedByFunction(invocations: readonly HistoryInvocation[]): Map<string, HistoryInvocation[]> {
  const groups = new Map<string, HistoryInvocation[]>();
  for (const invocation of invocations) {
    if (invocation.functionName === undefined) continue;
    // The function itself and not its version: what a version had as memory, its reports say.
    const name = invocation.functionName.replace(/(:function:[^:]+):.*$/, '$1');
    const group = groups.get(name) ?? [];
    group.push(invocation);
    groups.set(name, group);
  }
  return groups;
}

/** Children of a Distributed Map: each start is a transition of the parent; what they cost themselves, their workflow's metrics tell. */
async function mapRunLines({ sfn }: Aws, executionArn: string): Promise<CostLine[]> {
  let children = 0;
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(new ListMapRunsCommand({ executionArn, nextToken }));
    for (const { mapRunArn } of page.mapRuns ?? []) children += await childrenOf(sfn, mapRunArn!);
    nextToken = page.nextToken;
  } while (nextToken);
  return [
    priced('children of Distributed Maps started', children, PRICES.transition),
    { what: 'what these children did', quantity: 'not in this history: see --workflow' },
  ];
}

async function childrenOf(sfn: Aws['sfn'], mapRunArn: string): Promise<number> {
  const { executionCounts } = await sfn.send(new DescribeMapRunCommand({ mapRunArn }));
  return executionCounts?.total ?? 0;
}
