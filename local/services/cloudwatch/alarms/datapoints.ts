/** Owns the data points that an alarm looks at: one for each period of its evaluation range, or none where nothing was published. */
import { readPeriod } from '../metric-buckets';
import { type MetricStat, QuerySet } from '../metric-math/queries';
import type { Series } from '../metric-math/values';
import type { Bucket } from '../model';
import { isPercentile, statisticOf } from '../statistic';
import { type CloudWatchStore, keyOf } from '../store';
import { type AlarmSettings, evaluationRange, metricOf, type Watched } from './alarm-settings';

/** A data point of a period. */
export interface Datapoint {
  /** Start of the period, in seconds since the epoch. */
  readonly at: number;
  readonly value: number;
  /** How many values it was made of; of metric math that is not known. */
  readonly samples?: number;
}

/** What an alarm sees at a point in time. */
export interface Sight {
  /** The periods of its evaluation range, the latest last; undefined where data is missing. */
  readonly points: readonly (Datapoint | undefined)[];
  /** Whether any of its metrics has a value there: only then can it see something else at the next point in time. */
  readonly hasData: boolean;
}

/** How one alarm looks at its metrics. What does not change between evaluations is made once: there are many. */
export interface Lens {
  /** What the alarm sees of the periods up to `endSeconds`. */
  lookBack(endSeconds: number): Sight;
}

/** Makes the lens of an alarm. */
export function lensOf(store: CloudWatchStore, settings: AlarmSettings): Lens {
  return settings.watched.kind === 'metric'
    ? new MetricLens(store, settings, settings.watched)
    : new MathLens(store, settings, settings.watched);
}

class MetricLens implements Lens {
  private readonly key: string;
  private readonly statistic: (bucket: Bucket) => number;
  private readonly withHistogram: boolean;

  constructor(
    private readonly store: CloudWatchStore,
    private readonly settings: AlarmSettings,
    { metric, statistic }: Watched & { kind: 'metric' },
  ) {
    this.key = keyOf(metric.namespace, metric.name, metric.dimensions);
    this.statistic = statisticOf(statistic);
    this.withHistogram = isPercentile(statistic);
  }

  lookBack(endSeconds: number): Sight {
    const { periodSeconds } = this.settings;
    const metric = this.store.byKey(this.key);
    const points: (Datapoint | undefined)[] = [];
    let hasData = false;
    for (let at = endSeconds - evaluationRange(this.settings) * periodSeconds; at < endSeconds; at += periodSeconds) {
      const bucket = metric && readPeriod(metric, at, at + periodSeconds, endSeconds, this.withHistogram);
      points.push(bucket && { at, value: this.statistic(bucket), samples: bucket.count });
      if (bucket) hasData = true;
    }
    return { points, hasData };
  }
}

class MathLens implements Lens {
  private readonly queries: QuerySet;

  constructor(
    private readonly store: CloudWatchStore,
    private readonly settings: AlarmSettings,
    private readonly watched: Watched & { kind: 'math' },
  ) {
    this.queries = new QuerySet(watched.queries, settings.periodSeconds);
  }

  lookBack(endSeconds: number): Sight {
    const { periodSeconds } = this.settings;
    const { resultId, isTimeDependent } = this.watched;
    const times: number[] = [];
    for (let at = endSeconds - evaluationRange(this.settings) * periodSeconds; at < endSeconds; at += periodSeconds) {
      times.push(at);
    }
    let hasData = isTimeDependent;
    const read = (stat: MetricStat): Series => {
      const series = this.seriesOf(stat, times, endSeconds);
      if (series.size > 0) hasData = true;
      return series;
    };
    const value = this.queries.evaluate(resultId, read, times);
    const points = times.map((at) => {
      const found = value instanceof Map ? value.get(at) : undefined;
      return found === undefined ? undefined : { at, value: found };
    });
    return { points, hasData };
  }

  private seriesOf({ Metric, Stat }: MetricStat, times: readonly number[], endSeconds: number): Series {
    const series: Series = new Map();
    const { namespace, name, dimensions } = metricOf(Metric);
    const metric = this.store.metric(namespace, name, dimensions);
    if (!metric) return series;
    const statistic = statisticOf(Stat);
    const withHistogram = isPercentile(Stat);
    for (const at of times) {
      const bucket = readPeriod(metric, at, at + this.settings.periodSeconds, endSeconds, withHistogram);
      if (bucket) series.set(at, statistic(bucket));
    }
    return series;
  }
}
