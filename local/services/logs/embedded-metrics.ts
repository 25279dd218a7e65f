import type { Host } from '../../wire/host';

interface MetricDirective {
  readonly Namespace?: string;
  readonly Dimensions?: string[][];
  readonly Metrics?: { readonly Name: string; readonly Unit?: string; readonly StorageResolution?: number }[];
}

/**
 * Hands the metrics of an event in the embedded metric format to CloudWatch; any other event costs a search for `"_aws"`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function extractEmbeddedMetrics(message: string, host: Pick<Host, 'metric'>): void {
  if (!message.includes('"_aws"') || !message.trimStart().startsWith('{')) return;
  let root: Record<string, unknown>;
  try {
    root = JSON.parse(message);
  } catch {
    return;
  }
  const directives = (root._aws as { CloudWatchMetrics?: MetricDirective[] } | undefined)?.CloudWatchMetrics;
  if (!Array.isArray(directives)) return;
  for (const { Namespace, Dimensions, Metrics } of directives) {
    if (typeof Namespace !== 'string' || !Array.isArray(Metrics)) continue;
    const sets = Array.isArray(Dimensions) && Dimensions.length > 0 ? Dimensions : [[]];
    for (const set of sets) {
      const dimensions = readDimensions(root, set);
      if (!dimensions) continue;
      for (const { Name, Unit } of Metrics) {
        const values = Array.isArray(root[Name]) ? (root[Name] as unknown[]) : [root[Name]];
        for (const value of values) {
          if (typeof value === 'number' && Number.isFinite(value))
            host.metric(Namespace, Name, dimensions, value, Unit);
        }
      }
    }
  }
}

/** A dimension set whose members are missing from the event yields no metric. */
function readDimensions(root: Record<string, unknown>, set: unknown): Record<string, string> | undefined {
  if (!Array.isArray(set)) return undefined;
  const dimensions: Record<string, string> = {};
  for (const name of set) {
    if (typeof root[name] !== 'string') return undefined;
    dimensions[name] = root[name];
  }
  return dimensions;
}
