import type { Host } from '../../wire/host';
import { compileFilterPattern } from './filter-pattern';
import { selectMember } from './json-selector';
import { LogMessage } from './log-message';
import type { MetricFilter } from './model';

/** Counts an event for the metric filters of its group that it matches. */
export function applyMetricFilters(
  filters: Iterable<MetricFilter>,
  text: string,
  host: Pick<Host, 'metric'>,
  timestampMs: number,
): void {
  const message = new LogMessage(text);
  for (const filter of filters) {
    if (!compileFilterPattern(filter.filterPattern)(message)) continue;
    const value = metricValueOf(filter.metricValue, message);
    if (value === undefined) continue;
    const dimensions: Record<string, string> = {};
    for (const [name, selector] of Object.entries(filter.dimensions ?? {})) {
      const member = selectMember(message, selector);
      if (member !== undefined) dimensions[name] = String(member);
    }
    host.metric(filter.metricNamespace, filter.metricName, dimensions, value, filter.unit, { timestampMs });
  }
}

function metricValueOf(metricValue: string, message: LogMessage): number | undefined {
  const value = Number(metricValue.startsWith('$') ? selectMember(message, metricValue) : metricValue);
  return Number.isFinite(value) ? value : undefined;
}
