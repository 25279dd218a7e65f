import { type ActionFactory, groupAccess, groupNameOf, page } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export const describeLogStreams: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'DescribeLogStreams'),
  handle(input) {
    const group = parts.store.group(groupNameOf(input));
    const isByTime = input.orderBy === 'LastEventTime';
    const streams = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ''))
      .sort((a, b) =>
        isByTime ? (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0) : a.name < b.name ? -1 : 1,
      );
    if (input.descending) streams.reverse();
    const { items, nextToken } = page(streams, input.nextToken, input.limit ?? 50);
    const logStreams = items.map((stream) => ({
      logStreamName: stream.name,
      arn: `${group.arn}:log-stream:${stream.name}`,
      creationTime: stream.creationTime,
      firstEventTimestamp: stream.firstEventTimestamp,
      lastEventTimestamp: stream.lastEventTimestamp,
      lastIngestionTime: stream.lastIngestionTime,
      storedBytes: 0,
    }));
    return { logStreams, nextToken };
  },
});
