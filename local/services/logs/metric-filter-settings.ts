import { invalidParameter, validationFailed } from './faults';
import { compileFilterPattern } from './filter-pattern';
import type { MetricFilter } from './model';

/** A transformation as the API describes it. */
export interface MetricTransformation {
  readonly metricNamespace: string;
  readonly metricName: string;
  readonly metricValue: string;
  readonly defaultValue?: number;
  readonly unit?: string;
  readonly dimensions?: Record<string, string>;
}

/** A metric filter as PutMetricFilter takes it, checked. Throws InvalidParameterException. */
export function readMetricFilter(
  filterName: unknown,
  filterPattern: unknown,
  transformations: readonly MetricTransformation[] | undefined,
): MetricFilter {
  if (typeof filterName !== 'string' || !/^[^:*]{1,512}$/.test(filterName)) {
    throw validationFailed('filterName', filterName, 'Member must satisfy regular expression pattern: [^:*]*');
  }
  if (typeof filterPattern !== 'string') throw invalidParameter('filterPattern must be given.');
  const [transformation] = transformations ?? [];
  if (!transformation || transformations!.length > 1) {
    throw invalidParameter('A metric filter needs one metric transformation.');
  }
  compileFilterPattern(filterPattern);
  const { metricNamespace, metricName, metricValue, defaultValue, unit, dimensions } = transformation;
  if (!metricNamespace || !metricName || !metricValue) {
    throw invalidParameter('A metric transformation needs metricNamespace, metricName and metricValue.');
  }
  if (dimensions && defaultValue !== undefined) {
    throw invalidParameter(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties.',
    );
  }
  return { filterName, filterPattern, metricNamespace, metricName, metricValue, defaultValue, unit, dimensions };
}

/** A metric filter as the API describes it. */
export function describeMetricFilter(logGroupName: string, filter: MetricFilter): object {
  const { filterName, filterPattern, createdAtMs, ...transformation } = filter;
  return {
    filterName,
    filterPattern,
    metricTransformations: [transformation],
    creationTime: createdAtMs,
    logGroupName,
  };
}
