import type { MetricName, MetricSpan } from '../../../lambdas/observability/domain/metric-sums';
import { budgetRemaining, createWatchBudgets } from '../../../lambdas/observability/domain/watch-budgets';
import { keptGauges } from './kept-gauges';

const NOW = Date.UTC(2026, 0, 31, 12, 20);

describe('an error budget', () => {
  it.each([
    ['whole without an event', 0, 0, 1],
    ['whole when nothing was bad', 1_000, 0, 1],
    ['half when half of it was spent', 995, 5, 0.5],
    ['spent', 990, 10, 0],
    ['overspent', 970, 30, -2],
  ])('is %s', (_what, good, bad, left) => {
    expect(budgetRemaining({ good, bad }, 0.99)).toBeCloseTo(left, 9);
  });
});

describe('watching budgets', () => {
  it('adds up the hours of the last thirty days, for each workflow by its own objective', async () => {
    const { gauges, shown } = keptGauges();
    const asked: { metrics: readonly MetricName[]; span: MetricSpan }[] = [];
    const values: Record<string, number[]> = { 'orders WorkflowGood': [900, 98], 'orders WorkflowBad': [1, 1] };
    await createWatchBudgets({
      objectives: { orders: 0.99, quotes: 0.999 },
      budgetDays: 30,
      namespace: 'Stepwright',
      readMetrics: async (metrics, span) => {
        asked.push({ metrics, span });
        return metrics.map(({ metric, dimensions }) => values[`${dimensions!.service} ${metric}`] ?? []);
      },
      gauges,
      clock: { now: () => NOW, sleep: async () => undefined },
    })();
    expect(shown).toEqual({ 'orders ErrorBudgetRemaining': expect.closeTo(0.8, 9), 'quotes ErrorBudgetRemaining': 1 });
    expect(asked[0]!.span).toEqual({
      from: Date.UTC(2026, 0, 1, 13),
      to: Date.UTC(2026, 0, 31, 13),
      periodSeconds: 3600,
      statistic: 'Sum',
    });
    expect(asked[0]!.metrics).toHaveLength(4);
  });
});
