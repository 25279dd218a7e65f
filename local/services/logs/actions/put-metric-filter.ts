import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';
import { readMetricFilter } from '../metric-filter-settings';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html: makes or replaces one. */
export const putMetricFilter: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'PutMetricFilter'),
  handle(input) {
    const filter = readMetricFilter(input.filterName, input.filterPattern, input.metricTransformations);
    parts.store.setMetricFilter(groupNameOf(input), { ...filter, createdAtMs: parts.host.kernel.clock.now() });
  },
});
