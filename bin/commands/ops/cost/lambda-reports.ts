import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';

/** What Lambda says that it bills of an invocation. */
export interface LambdaReport {
  readonly billedMilliseconds: number;
  readonly memoryMegabytes: number;
}

/** A report as JSON logs have it: https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html, and as text logs do. */
export function readReport(message: string): { requestId: string; report: LambdaReport } | undefined {
  if (message.startsWith('{')) {
    const { type, record } = JSON.parse(message);
    if (type !== 'platform.report') return undefined;
    const { billedDurationMs, memorySizeMB } = record.metrics;
    return {
      requestId: record.requestId,
      report: { billedMilliseconds: billedDurationMs, memoryMegabytes: memorySizeMB },
    };
  }
  const [, requestId] = /^REPORT RequestId: (\S+)/.exec(message) ?? [];
  const [, billed] = /Billed Duration: (\d+) ms/.exec(message) ?? [];
  const [, memory] = /Memory Size: (\d+) MB/.exec(message) ?? [];
  if (!requestId || !billed || !memory) return undefined;
  return { requestId, report: { billedMilliseconds: Number(billed), memoryMegabytes: Number(memory) } };
}

/** The reports of a log group within a span of time, by the requests' ids. Needs `logs:FilterLogEvents`. */
export async function reportsIn(
  client: CloudWatchLogsClient,
  logGroupName: string,
  fromMs: number,
  toMs: number,
): Promise<Map<string, LambdaReport>> {
  const reports = new Map<string, LambdaReport>();
  const asked = { logGroupName, startTime: fromMs, endTime: toMs, filterPattern: '?REPORT ?"platform.report"' };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, asked)) {
    for (const { message } of events) {
      const found = readReport(message!);
      if (found) reports.set(found.requestId, found.report);
    }
  }
  return reports;
}
