import type { LambdaService } from '../../../local/services/lambda/router';
import type { IngestionStacks } from './ingestion-stacks';

/** What the logs say of one function's invocations. */
export interface FunctionReport {
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly invocations: number;
  readonly timeOuts: number;
  readonly longestMs: number;
}

/** The REPORT records of every function whose name holds `name`, by function; those that were never called are left out. */
export async function functionReports(stacks: IngestionStacks, name: string): Promise<FunctionReport[]> {
  const lambda = stacks.embedded.gateway.registered.find((service) => service.name === 'lambda') as LambdaService;
  await lambda.flushLogs();
  const reports: FunctionReport[] = [];
  let Marker: string | undefined;
  do {
    const page = await stacks.call('lambda', 'ListFunctions', { Marker });
    for (const { FunctionName, Timeout, LoggingConfig } of page.Functions) {
      if (!FunctionName.includes(name)) continue;
      const records = await reportsIn(stacks, LoggingConfig.LogGroup);
      if (records.length === 0) continue;
      reports.push({
        functionName: FunctionName,
        timeoutMs: Timeout * 1000,
        invocations: records.length,
        timeOuts: records.filter(({ status }) => status === 'timeout').length,
        longestMs: Math.max(...records.map(({ metrics }) => metrics.durationMs)),
      });
    }
    Marker = page.NextMarker;
  } while (Marker);
  return reports;
}

async function reportsIn(stacks: IngestionStacks, logGroupName: string) {
  const records: { status: string; metrics: { durationMs: number } }[] = [];
  let nextToken: string | undefined;
  do {
    const filter = { logGroupName, filterPattern: '"platform.report"', nextToken };
    const page = await stacks.call('logs', 'FilterLogEvents', filter);
    for (const { message } of page.events) records.push(JSON.parse(message).record);
    nextToken = page.nextToken;
  } while (nextToken);
  return records;
}
