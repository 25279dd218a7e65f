import type { Meter } from '../../lambdas/shared/observability/meter';

/** A meter that keeps its sums, and every duration in its order. */
export function keptMeter(): { meter: Meter; counted: Record<string, number>; measured: Record<string, number[]> } {
  const counted: Record<string, number> = {};
  const measured: Record<string, number[]> = {};
  const meter: Meter = {
    count: (name, value = 1) => {
      if (value > 0) counted[name] = (counted[name] ?? 0) + value;
    },
    seconds: (name, value) => {
      measured[name] = [...(measured[name] ?? []), value];
    },
    flush() {},
  };
  return { meter, counted, measured };
}
