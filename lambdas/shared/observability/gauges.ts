import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Service } from '../services';

/** What is known of a workflow at this moment, by somebody who looks from outside. */
export interface Gauges {
  /** 0 is a value like any other: that it is published shows that somebody looked. */
  set(service: Service, name: string, value: number, unit?: 'Count' | 'Seconds'): void;
  /** Writes what was set since the last flush, one EMF line per workflow. */
  flush(): void;
}

/** Gauges over Powertools' Metrics: the dimension `service` is the workflow, whatever the function is called. */
export function powertoolsGauges(metricsOf = (serviceName: string) => new Metrics({ serviceName })): Gauges {
  const byService = new Map<Service, Metrics>();
  return {
    set(service, name, value, unit) {
      const metrics = byService.get(service) ?? metricsOf(service);
      byService.set(service, metrics);
      metrics.addMetric(name, unit === undefined ? MetricUnit.NoUnit : MetricUnit[unit], value);
    },
    flush() {
      for (const metrics of byService.values()) if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
