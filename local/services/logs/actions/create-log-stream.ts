import { type ActionFactory, checkStreamName, groupAccess, groupNameOf } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export const createLogStream: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'CreateLogStream', 'logStreamName'),
  handle(input) {
    const { store, host } = parts;
    store.createStream(groupNameOf(input), checkStreamName(input.logStreamName), host.kernel.clock.now());
  },
});
