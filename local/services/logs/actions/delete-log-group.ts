import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export const deleteLogGroup: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'DeleteLogGroup'),
  handle: (input) => parts.store.deleteGroup(groupNameOf(input)),
});
