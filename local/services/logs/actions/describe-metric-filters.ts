import { type ActionFactory, groupArn, page } from '../logs-parts';
import { describeMetricFilter } from '../metric-filter-settings';
import type { LogGroup } from '../model';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html */
export const describeMetricFilters: ActionFactory = ({ store, host }) => ({
  access: (input) => [
    { action: 'logs:DescribeMetricFilters', resource: `${groupArn(host, input.logGroupName ?? '')}:log-stream:` },
  ],
  handle(input) {
    const groups: LogGroup[] = input.logGroupName ? [store.group(input.logGroupName)] : store.listGroups();
    const found = groups.flatMap(({ name, metricFilters }) =>
      [...metricFilters.values()]
        .filter(({ filterName }) => filterName.startsWith(input.filterNamePrefix ?? ''))
        .filter(({ metricName }) => !input.metricName || metricName === input.metricName)
        .filter(({ metricNamespace }) => !input.metricNamespace || metricNamespace === input.metricNamespace)
        .map((filter) => describeMetricFilter(name, filter)),
    );
    const { items, nextToken } = page(found, input.nextToken, input.limit ?? 50);
    return { metricFilters: items, nextToken };
  },
});
