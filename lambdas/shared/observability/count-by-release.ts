import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * Counts by the release of the workflow that asks, beside the dimension `service`. The release comes from the definition,
 * and never from whoever placed an order. Each count is an EMF line of its own.
 */
export function countByRelease(name: string, metrics = new Metrics()): (release: string) => void {
  return (release) => {
    const single = metrics.singleMetric();
    single.addDimension('release', release);
    single.addMetric(name, MetricUnit.Count, 1);
  };
}
