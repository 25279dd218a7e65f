import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html */
export const deleteLogStream: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'DeleteLogStream', 'logStreamName'),
  handle: (input) => parts.store.deleteStream(groupNameOf(input), input.logStreamName),
});
