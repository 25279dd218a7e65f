import type { Host, MetricTime } from '../../wire/host';

interface MetricDirective {
  readonly Namespace?: string;
  readonly Dimensions?: string[][];
  readonly Metrics?: { readonly Name: string; readonly Unit?: string; readonly StorageResolution?: number }[];
}

interface Root {
  readonly _aws?: { readonly Timestamp?: number; readonly CloudWatchMetrics?: MetricDirective[] };
  readonly [member: string]: unknown;
}

const MOST_METRICS = 100;
const MOST_VALUES = 100;
const MOST_DIMENSIONS = 30;
const HOUR_MS = 3_600_000;

/**
 * Hands the metrics of an event in the embedded metric format to CloudWatch; any other event costs a search for `"_aws"`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function extractEmbeddedMetrics(message: string, host: Pick<Host, 'metric' | 'kernel'>): void {
  if (!message.includes('"_aws"') || !message.trimStart().startsWith('{')) return;
  let root: Root;
  try {
    root = JSON.parse(message);
  } catch {
    return;
  }
  const directives = root._aws?.CloudWatchMetrics;
  const time = timeOf(root, host.kernel.clock.now());
  if (!Array.isArray(directives) || !time) return;
  for (const { Namespace, Dimensions, Metrics } of directives) {
    if (typeof Namespace !== 'string' || !Array.isArray(Metrics)) continue;
    const sets = Array.isArray(Dimensions) && Dimensions.length > 0 ? Dimensions : [[]];
    for (const set of sets) {
      const dimensions = readDimensions(root, set);
      if (!dimensions) continue;
      for (const { Name, Unit, StorageResolution } of Metrics.slice(0, MOST_METRICS)) {
        const at = StorageResolution === 1 ? { ...time, isHighResolution: true } : time;
        for (const value of valuesOf(root[Name])) host.metric(Namespace, Name, dimensions, value, Unit, at);
      }
    }
  }
}

/** CloudWatch takes values of the last two weeks, and up to two hours ahead; others are lost. */
function timeOf({ _aws }: Root, nowMs: number): MetricTime | undefined {
  const timestampMs = _aws?.Timestamp ?? nowMs;
  if (typeof timestampMs !== 'number') return undefined;
  const isTaken = timestampMs >= nowMs - 14 * 24 * HOUR_MS && timestampMs <= nowMs + 2 * HOUR_MS;
  return isTaken ? { timestampMs } : undefined;
}

/** The numbers of a target: itself, or its members. */
function valuesOf(target: unknown): number[] {
  const values = Array.isArray(target) ? target.slice(0, MOST_VALUES) : [target];
  return values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
}

/** A dimension set whose members are missing from the event yields no metric. */
function readDimensions(root: Root, set: unknown): Record<string, string> | undefined {
  if (!Array.isArray(set) || set.length > MOST_DIMENSIONS) return undefined;
  const dimensions: Record<string, string> = {};
  for (const name of set) {
    if (typeof root[name] !== 'string') return undefined;
    dimensions[name] = root[name] as string;
  }
  return dimensions;
}
