/**
 * Owns what an alarm of metrics watches, and by which rule: the properties of PutMetricAlarm and `AWS::CloudWatch::Alarm`, read once.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
import { readDimensions } from '../api-values';
import type { MetricDataQuery } from '../metric-math/queries';

export type TreatMissingData = 'missing' | 'notBreaching' | 'breaching' | 'ignore';

/** The name of a metric. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Record<string, string>;
}

/** What is watched: a statistic of one metric, or the one query of several that returns data. */
export type Watched =
  | { readonly kind: 'metric'; readonly metric: MetricName; readonly statistic: string }
  | {
      readonly kind: 'math';
      readonly queries: readonly MetricDataQuery[];
      readonly resultId: string;
      /** Whether an expression looks at the time: it may change without data then. */
      readonly isTimeDependent: boolean;
    };

const OF_TIME = /\b(?:MINUTE|HOUR|DAY|DATE|MONTH|YEAR|EPOCH)\s*\(/;

/** An alarm's rule. */
export interface AlarmSettings {
  readonly watched: Watched;
  readonly periodSeconds: number;
  /** N of M of N. */
  readonly evaluationPeriods: number;
  /** M of M of N. */
  readonly datapointsToAlarm: number;
  readonly comparison: string;
  readonly threshold: number;
  readonly treatMissingData: TreatMissingData;
  /** The percentile of an alarm that lets periods with too few values pass. */
  readonly significantPercentile?: number;
}

/**
 * AWS retrieves more periods than it evaluates, in case some are missing, and does not say how many: these two are those of its
 * published example. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
const FURTHER_PERIODS = 2;
const DAY_SECONDS = 86_400;

/** Reads the properties of an alarm, which have been checked. */
export function readAlarmSettings(properties: Readonly<Record<string, any>>): AlarmSettings {
  const watched = watchedBy(properties);
  const evaluationPeriods = Number(properties.EvaluationPeriods);
  const percentile = Number(/^p([\d.]+)$/i.exec(properties.ExtendedStatistic ?? '')?.[1]);
  return {
    watched,
    periodSeconds: periodOf(watched, properties.Period),
    evaluationPeriods,
    datapointsToAlarm: Number(properties.DatapointsToAlarm ?? evaluationPeriods),
    comparison: properties.ComparisonOperator,
    threshold: Number(properties.Threshold),
    treatMissingData: properties.TreatMissingData ?? defaultTreatment(watched),
    significantPercentile:
      properties.EvaluateLowSampleCountPercentile === 'ignore' && percentile >= 0 ? percentile : undefined,
  };
}

/** How many periods are looked at, the latest last. */
export function evaluationRange({ evaluationPeriods }: AlarmSettings): number {
  return evaluationPeriods + FURTHER_PERIODS;
}

/** How often the alarm is evaluated: every 10 seconds when its period is shorter than a minute, every hour when it looks at more than a day. */
export function intervalSeconds({ periodSeconds, evaluationPeriods }: AlarmSettings): number {
  if (periodSeconds < 60) return 10;
  return periodSeconds * evaluationPeriods > DAY_SECONDS ? 3600 : 60;
}

/** The metrics that an alarm looks at. */
export function metricsOf({ watched }: AlarmSettings): MetricName[] {
  if (watched.kind === 'metric') return [watched.metric];
  return watched.queries.flatMap(({ MetricStat }) => (MetricStat ? [metricOf(MetricStat.Metric)] : []));
}

/** The name of a metric as the API has it. */
export function metricOf(metric: { Namespace: string; MetricName: string; Dimensions?: any[] }): MetricName {
  return { namespace: metric.Namespace, name: metric.MetricName, dimensions: readDimensions(metric.Dimensions) };
}

function watchedBy(properties: Readonly<Record<string, any>>): Watched {
  if (properties.Metrics) {
    const queries: MetricDataQuery[] = properties.Metrics;
    const isTimeDependent = queries.some(({ Expression = '' }) => OF_TIME.test(Expression));
    return { kind: 'math', queries, resultId: queries.find(returnsData)!.Id, isTimeDependent };
  }
  const statistic = properties.Statistic ?? properties.ExtendedStatistic;
  return { kind: 'metric', metric: metricOf(properties as never), statistic };
}

/** ReturnData is true when it is left out. */
export function returnsData({ ReturnData = true }: MetricDataQuery): boolean {
  return ReturnData;
}

/** Of metric math, the longest period of its metrics. */
function periodOf(watched: Watched, period: unknown): number {
  if (watched.kind === 'metric') return Number(period);
  return Math.max(...watched.queries.map(({ MetricStat, Period }) => Number(MetricStat?.Period ?? Period ?? 0)));
}

/** Alarms of DynamoDB keep their state while data is missing, unless they say otherwise. */
function defaultTreatment(watched: Watched): TreatMissingData {
  return watched.kind === 'metric' && watched.metric.namespace === 'AWS/DynamoDB' ? 'ignore' : 'missing';
}
