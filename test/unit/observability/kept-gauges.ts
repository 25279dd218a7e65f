import type { Gauges } from '../../../lambdas/shared/observability/gauges';

/** Gauges that keep what they were set to, as `service name`, once they are flushed. */
export function keptGauges(): { gauges: Gauges; shown: Record<string, number> } {
  const set: Record<string, number> = {};
  const shown: Record<string, number> = {};
  const gauges: Gauges = {
    set: (service, name, value) => {
      set[`${service} ${name}`] = value;
    },
    flush: () => void Object.assign(shown, set),
  };
  return { gauges, shown };
}
