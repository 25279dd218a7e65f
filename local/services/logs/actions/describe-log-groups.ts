import { type ActionFactory, page } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const describeLogGroups: ActionFactory = ({ store, host }) => ({
  access: () => [
    {
      action: 'logs:DescribeLogGroups',
      resource: `arn:aws:logs:${host.region}:${host.accountId}:log-group::log-stream:*`,
    },
  ],
  handle(input) {
    const { logGroupNamePrefix = '', logGroupNamePattern = '' } = input;
    const groups = store
      .listGroups()
      .filter(({ name }) => name.startsWith(logGroupNamePrefix))
      .filter(({ name }) => name.toLowerCase().includes(logGroupNamePattern.toLowerCase()));
    const { items, nextToken } = page(groups, input.nextToken, input.limit ?? 50);
    const logGroups = items.map((group) => ({
      logGroupName: group.name,
      arn: `${group.arn}:*`,
      logGroupArn: group.arn,
      creationTime: group.creationTime,
      retentionInDays: group.retentionInDays,
      metricFilterCount: group.metricFilters.size,
      storedBytes: group.storedBytes,
      logGroupClass: group.logGroupClass,
      kmsKeyId: group.kmsKeyId,
    }));
    return { logGroups, nextToken };
  },
});
