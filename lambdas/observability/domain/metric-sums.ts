/** A metric of CloudWatch. */
export interface MetricName {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** What is asked of a metric. `periodSeconds` divides the span, whose moments are milliseconds since the epoch. */
export interface MetricSpan {
  readonly from: number;
  readonly to: number;
  readonly periodSeconds: number;
  readonly statistic: 'Sum' | 'Average';
}

/** The port to CloudWatch: the values of metrics over one span, one per period that has data, in the order of the metrics. */
export type ReadMetrics = (metrics: readonly MetricName[], span: MetricSpan) => Promise<readonly (readonly number[])[]>;

/** What values come to together. */
export function sumOf(values: readonly number[] = []): number {
  return values.reduce((sum, value) => sum + value, 0);
}
