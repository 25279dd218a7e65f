import type { FunctionVersion } from '../model';
import type { Outcome, OutputLine } from './sandbox';

/** One invocation as its log tells it. */
export interface LoggedInvocation {
  readonly version: FunctionVersion;
  readonly requestId: string;
  readonly traceId: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly outcome: Outcome;
}

/**
 * The log lines of an invocation: what Lambda itself says around what the function wrote.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export function invocationLog(invocation: LoggedInvocation): OutputLine[] {
  return invocation.version.LoggingConfig.LogFormat === 'JSON' ? jsonLog(invocation) : textLog(invocation);
}

function textLog({ version, requestId, traceId, startedAtMs, endedAtMs, outcome }: LoggedInvocation): OutputLine[] {
  const figures = figuresOf(version, outcome);
  const report = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${figures.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${figures.billedDurationMs} ms`,
    `Memory Size: ${figures.memorySizeMB} MB`,
    `Max Memory Used: ${figures.maxMemoryUsedMB} MB`,
    ...(figures.initDurationMs === undefined ? [] : [`Init Duration: ${figures.initDurationMs.toFixed(2)} ms`]),
    ...(outcome.status === 'timeout' ? ['Status: timeout'] : []),
    ...(version.TracingMode === 'Active' ? [`XRAY TraceId: ${rootOf(traceId)}`] : []),
    '',
  ].join('\t');
  const at = (message: string, atMs = endedAtMs): OutputLine => ({ atMs, message });
  return [
    at(`START RequestId: ${requestId} Version: ${version.Version}`, startedAtMs),
    ...outcome.output,
    ...(outcome.status === 'timeout'
      ? [
          at(
            `${new Date(endedAtMs).toISOString()} ${requestId} Task timed out after ${(outcome.durationMs / 1000).toFixed(2)} seconds`,
          ),
        ]
      : []),
    at(`END RequestId: ${requestId}`),
    at(report),
  ];
}

function jsonLog({ version, requestId, traceId, startedAtMs, endedAtMs, outcome }: LoggedInvocation): OutputLine[] {
  const status = outcome.status === 'timeout' ? 'timeout' : outcome.status === 'success' ? 'success' : 'error';
  const tracing =
    version.TracingMode === 'Active' ? { tracing: { type: 'X-Amzn-Trace-Id', value: traceId } } : undefined;
  const failure = outcome.errorType ? { errorType: outcome.errorType } : undefined;
  const { durationMs, ...metrics } = figuresOf(version, outcome);
  const line = (type: string, atMs: number, record: object): OutputLine => ({
    atMs,
    message: JSON.stringify({ time: new Date(atMs).toISOString(), type, record: { requestId, ...record } }),
  });
  const level = version.LoggingConfig.SystemLogLevel ?? 'INFO';
  const isFailed = status !== 'success';
  return [
    ...(level === 'WARN' ? [] : [line('platform.start', startedAtMs, { version: version.Version, ...tracing })]),
    ...outcome.output,
    ...(level === 'DEBUG' || (level === 'WARN' && isFailed)
      ? [line('platform.runtimeDone', endedAtMs, { status, ...failure, metrics: { durationMs }, ...tracing })]
      : []),
    ...(level === 'WARN' && !isFailed
      ? []
      : [line('platform.report', endedAtMs, { metrics: { durationMs, ...metrics }, ...tracing, status, ...failure })]),
  ];
}

function figuresOf(version: FunctionVersion, outcome: Outcome) {
  const round = (ms: number) => Math.round(ms * 100) / 100;
  return {
    durationMs: round(outcome.durationMs),
    billedDurationMs: Math.ceil(outcome.durationMs + (outcome.initMs ?? 0)),
    memorySizeMB: version.MemorySize,
    maxMemoryUsedMB: Math.ceil(outcome.heapBytes / 2 ** 20),
    initDurationMs: outcome.initMs === undefined ? undefined : round(outcome.initMs),
  };
}

function rootOf(traceId: string): string {
  return /Root=([^;]+)/.exec(traceId)?.[1] ?? traceId;
}
