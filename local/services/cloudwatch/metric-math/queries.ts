/** Owns how the queries of one request, metrics and expressions, find one another: in any order, never in a circle. */
import { evaluateMath } from './evaluate';
import { MathError, type MathScope, type Series, type Value } from './values';

/** A query as GetMetricData and PutMetricAlarm take it. */
export interface MetricDataQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly Period?: number;
  readonly AccountId?: string;
  readonly MetricStat?: MetricStat;
}

/** A statistic of a metric. */
export interface MetricStat {
  readonly Metric: { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: string }[] };
  readonly Period: number;
  readonly Stat: string;
  readonly Unit?: string;
}

/** The queries of one request, which can be evaluated again and again. */
export class QuerySet {
  private readonly byId: ReadonlyMap<string, MetricDataQuery>;
  private readonly metricIds: readonly string[];

  constructor(
    queries: readonly MetricDataQuery[],
    private readonly periodSeconds: number,
  ) {
    this.byId = new Map(queries.map((query) => [query.Id, query]));
    this.metricIds = queries.filter(({ MetricStat }) => MetricStat).map(({ Id }) => Id);
  }

  /** What a query yields: `readMetric` gives the series of a metric, `times` are the starts of all periods. Throws MathError. */
  evaluate(id: string, readMetric: (stat: MetricStat) => Series, times: readonly number[]): Value {
    const values = new Map<string, Value | 'under way'>();
    const scope: MathScope = {
      metricIds: this.metricIds,
      times,
      periodSeconds: this.periodSeconds,
      valueOf: (name) => {
        const known = values.get(name);
        if (known === 'under way') throw new MathError(`${name} depends on itself`);
        if (known !== undefined) return known;
        const query = this.byId.get(name);
        if (!query) throw new MathError(`it names ${name}, which is no query of the request`);
        values.set(name, 'under way');
        const value = query.MetricStat ? readMetric(query.MetricStat) : evaluateMath(query.Expression ?? '', scope);
        values.set(name, value);
        return value;
      },
    };
    return scope.valueOf(id);
  }
}
