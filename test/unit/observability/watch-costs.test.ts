import { costInput } from '../../../lambdas/observability/contracts/settings';
import type { MetricName, MetricSpan } from '../../../lambdas/observability/domain/metric-sums';
import { createWatchCosts } from '../../../lambdas/observability/domain/watch-costs';
import { keptGauges } from './kept-gauges';

const NOW = Date.UTC(2026, 0, 11, 12, 30);
const meters = [
  { service: 'orders', namespace: 'AWS/Lambda', metric: 'Duration', dimensions: { FunctionName: 'f' }, dollars: 0.001 },
  { service: 'orders', namespace: 'Stepwright/Machines', metric: 'entered', dollars: 0.01 },
  { service: 'orders', namespace: 'Stepwright/Machines', metric: 'tasks', dollars: -0.01 },
  { service: 'quotes', namespace: 'AWS/Lambda', metric: 'Invocations', dollars: 1 },
] as const;

async function costs(now: number, hourly: (span: MetricSpan) => number[]) {
  const { gauges, shown } = keptGauges();
  const values: Record<string, number[]> = { Duration: [100, 200], entered: [5], tasks: [2] };
  const spans: MetricSpan[] = [];
  const readMetrics = async (metrics: readonly MetricName[], span: MetricSpan) => {
    spans.push(span);
    return metrics.map(({ metric, dimensions }) => {
      if (metric !== 'HourCostDollars') return values[metric] ?? [];
      return dimensions?.service === 'orders' ? hourly(span) : [];
    });
  };
  const clock = { now: () => now, sleep: async () => undefined };
  await createWatchCosts({ readMetrics, namespace: 'Stepwright', gauges, clock })(costInput.parse({ meters }).meters);
  return { shown, spans };
}

describe('watching costs', () => {
  it('multiplies what was used in the last hour by its price, also where one metric is taken from another', async () => {
    const { shown, spans } = await costs(NOW, () => []);
    expect(shown).toMatchObject({ 'orders HourCostDollars': expect.closeTo(0.33, 9), 'quotes HourCostDollars': 0 });
    expect(spans[0]).toEqual({ from: NOW - 3_600_000, to: NOW, periodSeconds: 60, statistic: 'Sum' });
  });

  it('knows the month so far by its hours, and the rest by the last day', async () => {
    const hours = (span: MetricSpan) => Array((span.to - span.from) / 3_600_000).fill(0.1);
    const { shown } = await costs(NOW, hours);
    const toDate = 252 * 0.1 + 0.33 / 2;
    expect(shown['orders MonthToDateDollars']).toBeCloseTo(toDate, 9);
    expect(shown['orders MonthCostDollars']).toBeCloseTo(toDate + 491.5 * 0.1, 9);
  });

  it('takes the last hour for the rate while there is no other, and a month that begins for what it is', async () => {
    const { shown } = await costs(Date.UTC(2026, 1, 1, 0, 15), () => []);
    expect(shown['orders MonthToDateDollars']).toBeCloseTo(0.33 / 4, 9);
    expect(shown['orders MonthCostDollars']).toBeCloseTo(0.33 * 28 * 24, 6);
  });

  it.each([
    ['no meters', {}],
    ['a service that there is not', { meters: [{ ...meters[0], service: 'billing' }] }],
    ['a price that is none', { meters: [{ ...meters[0], dollars: '1' }] }],
    ['more meters than one call takes', { meters: Array(501).fill(meters[0]) }],
  ])('rejects an input with %s', (_what, input) => {
    expect(costInput.safeParse(input).success).toBe(false);
  });
});
