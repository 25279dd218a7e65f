import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Counts and measures what happened. Names are a fixed set; nothing that a caller chooses ever becomes a dimension. */
export interface Meter {
  count(name: string, value?: number): void;
  /** How long something took, in seconds; one value of many of the same name. */
  seconds(name: string, value: number): void;
  /** Writes what was counted and measured since the last flush, as one EMF line. */
  flush(): void;
}

/** A meter over Powertools' Metrics; namespace and service name come from its environment variables. */
export function powertoolsMeter(metrics = new Metrics()): Meter {
  return {
    count: (name, value = 1) => {
      if (value > 0) metrics.addMetric(name, MetricUnit.Count, value);
    },
    // Moments come from several clocks: what seems to have ended before it began took no time.
    seconds: (name, value) => {
      if (Number.isFinite(value)) metrics.addMetric(name, MetricUnit.Seconds, Math.max(0, value));
    },
    // Publishing nothing would print a warning.
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

/** A meter that counts nothing. */
export const silentMeter: Meter = { count() {}, seconds() {}, flush() {} };
