import { FORGETFUL_JOURNAL, type Journal } from '../../kernel/journal';
import type { Kernel } from '../../kernel/kernel';
import type { Host } from '../../wire/host';
import { CloudWatchStore, oneValue } from './store';

/** The metrics of the account: where services' own metrics are counted, and what the API reads. */
export interface CloudWatch {
  readonly store: CloudWatchStore;
  /** Adds a value to a metric at the present time; has the form of `Host.metric`. */
  record: Host['metric'];
}

/** What services count is written to the journal this often: it changes with every call of the account. */
const WRITTEN_EVERY_MS = 10_000;

/** Makes the metrics of an account, before any service exists. */
export function createCloudWatch(kernel: Kernel, journal: Journal = FORGETFUL_JOURNAL): CloudWatch {
  const store = new CloudWatchStore(journal);
  let isWritingPlanned = !journal.isDurable;
  const planWriting = () => {
    if (isWritingPlanned) return;
    isWritingPlanned = true;
    kernel.clock.schedule(kernel.clock.now() + WRITTEN_EVERY_MS, () => {
      isWritingPlanned = false;
      store.writeChanges();
    });
  };
  return {
    store,
    record(namespace, name, dimensions, value, unit = 'None', { timestampMs, isHighResolution } = {}) {
      const nowMs = kernel.clock.now();
      const at = { timestampMs: timestampMs ?? nowMs, nowMs };
      store.add({ namespace, name, dimensions }, at, unit, oneValue(value), isHighResolution);
      planWriting();
    },
  };
}
