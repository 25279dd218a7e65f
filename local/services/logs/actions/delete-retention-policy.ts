import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html */
export const deleteRetentionPolicy: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'DeleteRetentionPolicy'),
  handle: (input) => parts.store.setRetention(groupNameOf(input), undefined),
});
