import type { Kernel } from '../../kernel/kernel';
import { CloudWatchStore, oneValue } from './store';

/** The metrics of the account: where services' own metrics are counted, and what the API reads. */
export interface CloudWatch {
  readonly store: CloudWatchStore;
  /** Adds a value to a metric at the present time; has the form of `Host.metric`. */
  record(namespace: string, name: string, dimensions: Record<string, string>, value: number, unit?: string): void;
}

/** Makes the metrics of an account, before any service exists. */
export function createCloudWatch(kernel: Kernel): CloudWatch {
  const store = new CloudWatchStore();
  return {
    store,
    record(namespace, name, dimensions, value, unit = 'None') {
      const nowMs = kernel.clock.now();
      store.add({ namespace, name, dimensions }, { timestampMs: nowMs, nowMs }, unit, oneValue(value));
    },
  };
}
