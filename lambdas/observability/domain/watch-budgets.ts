import type { Clock } from '../../shared/clock';
import type { Gauges } from '../../shared/observability/gauges';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import type { Service } from '../../shared/services';
import type { Objectives } from '../contracts/settings';
import { type ReadMetrics, sumOf } from './metric-sums';
import { WATCHED } from './signals';

/** What watching budgets works with. */
export interface WatchBudgetsProps {
  readonly objectives: Objectives;
  readonly budgetDays: number;
  readonly readMetrics: ReadMetrics;
  /** Where the functions of the workflows write their metrics. */
  readonly namespace: string;
  readonly gauges: Gauges;
  readonly clock: Clock;
}

const HOUR_MS = 3_600_000;

/** Publishes what is left of each workflow's error budget over the last days, to the hour. */
export function createWatchBudgets(props: WatchBudgetsProps) {
  const { objectives, budgetDays, readMetrics, namespace, gauges, clock } = props;
  return async (): Promise<void> => {
    const services = Object.keys(objectives) as Service[];
    const to = Math.ceil(clock.now() / HOUR_MS) * HOUR_MS;
    const span = { from: to - budgetDays * 24 * HOUR_MS, to, periodSeconds: 3600, statistic: 'Sum' } as const;
    const metrics = services.flatMap((service) =>
      [SIGNALS.good, SIGNALS.bad].map((metric) => ({ namespace, metric, dimensions: { service } })),
    );
    const values = await readMetrics(metrics, span);
    services.forEach((service, index) => {
      const counts = { good: sumOf(values[2 * index]), bad: sumOf(values[2 * index + 1]) };
      gauges.set(service, WATCHED.budget, budgetRemaining(counts, objectives[service] as number));
    });
    gauges.flush();
  };
}

/** The share of an error budget that is left: 1 is all of it, below 0 more was spent than there was. */
export function budgetRemaining({ good, bad }: { good: number; bad: number }, objective: number): number {
  const events = good + bad;
  return events === 0 ? 1 : 1 - bad / ((1 - objective) * events);
}
