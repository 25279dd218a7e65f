import { type ActionFactory, checkGroupName, groupAccess, groupArn } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const createLogGroup: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'CreateLogGroup'),
  handle(input) {
    const name = checkGroupName(input.logGroupName);
    parts.store.createGroup({
      name,
      arn: groupArn(parts.host, name),
      creationTime: parts.host.kernel.clock.now(),
      logGroupClass: input.logGroupClass ?? 'STANDARD',
      kmsKeyId: input.kmsKeyId,
      tags: input.tags ?? {},
    });
  },
});
