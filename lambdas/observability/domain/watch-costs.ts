import type { Clock } from '../../shared/clock';
import type { Gauges } from '../../shared/observability/gauges';
import type { Service } from '../../shared/services';
import type { CostMeter } from '../contracts/settings';
import { type ReadMetrics, sumOf } from './metric-sums';
import { WATCHED } from './signals';

/** What watching costs works with. */
export interface WatchCostsProps {
  readonly readMetrics: ReadMetrics;
  /** Where this function's own metrics are. */
  readonly namespace: string;
  readonly gauges: Gauges;
  readonly clock: Clock;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Publishes what each workflow cost in the last hour, in this month so far, and what the month will cost at the rate of the
 * last day. Of the month it knows what it has published before.
 */
export function createWatchCosts(props: WatchCostsProps) {
  const { gauges, clock } = props;
  return async (meters: readonly CostMeter[]): Promise<void> => {
    const now = clock.now();
    const services = [...new Set(meters.map(({ service }) => service))];
    const lastHour = await costOfHour(props, meters, now);
    const month = monthOf(now);
    const hourly = (from: number, to: number) => hourlyCosts(props, services, from, to);
    const thisHour = Math.floor(now / HOUR_MS) * HOUR_MS;
    const soFar = await hourly(month.from, thisHour);
    const lastDay = await hourly(thisHour - 24 * HOUR_MS, thisHour);
    services.forEach((service, index) => {
      const hour = lastHour.get(service) ?? 0;
      const toDate = sumOf(soFar[index]) + (hour * (now - Math.max(thisHour, month.from))) / HOUR_MS;
      const day = lastDay[index] ?? [];
      // Before there is a history, the last hour is all that is known.
      const rate = day.length === 0 ? hour : sumOf(day) / day.length;
      gauges.set(service, WATCHED.hourCost, hour);
      gauges.set(service, WATCHED.monthToDate, toDate);
      gauges.set(service, WATCHED.monthCost, toDate + (rate * (month.to - now)) / HOUR_MS);
    });
    gauges.flush();
  };
}

async function costOfHour(
  { readMetrics }: WatchCostsProps,
  meters: readonly CostMeter[],
  now: number,
): Promise<Map<Service, number>> {
  const to = Math.ceil(now / MINUTE_MS) * MINUTE_MS;
  const values = await readMetrics(meters, { from: to - HOUR_MS, to, periodSeconds: 60, statistic: 'Sum' });
  const costs = new Map<Service, number>();
  meters.forEach(({ service, dollars }, index) => {
    costs.set(service, (costs.get(service) ?? 0) + dollars * sumOf(values[index]));
  });
  return costs;
}

/** What each workflow's hours cost, by what was published in them; moments are full hours. */
async function hourlyCosts(
  { readMetrics, namespace }: WatchCostsProps,
  services: readonly Service[],
  from: number,
  to: number,
): Promise<readonly (readonly number[])[]> {
  if (from >= to) return [];
  const metrics = services.map((service) => ({ namespace, metric: WATCHED.hourCost, dimensions: { service } }));
  return readMetrics(metrics, { from, to, periodSeconds: 3600, statistic: 'Average' });
}

/** The calendar month of a moment, in UTC. */
function monthOf(now: number): { from: number; to: number } {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { from: Date.UTC(year, month), to: Date.UTC(year, month + 1) };
}
