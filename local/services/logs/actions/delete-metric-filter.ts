import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html */
export const deleteMetricFilter: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'DeleteMetricFilter'),
  handle(input) {
    parts.store.deleteMetricFilter(groupNameOf(input), input.filterName);
  },
});
