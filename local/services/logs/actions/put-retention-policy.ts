import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';
import { checkRetention } from '../retention';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const putRetentionPolicy: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'PutRetentionPolicy'),
  handle: (input) => parts.store.setRetention(groupNameOf(input), checkRetention(input.retentionInDays)),
});
