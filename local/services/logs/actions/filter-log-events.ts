import { invalidParameter } from '../faults';
import { compileFilterPattern } from '../filter-pattern';
import { LogMessage } from '../log-message';
import { type ActionFactory, groupAccess, groupNameOf, page } from '../logs-parts';

const DEFAULT_LIMIT = 10_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'FilterLogEvents'),
  handle(input) {
    const { store, host } = parts;
    const group = store.group(groupNameOf(input));
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY, logStreamNames, logStreamNamePrefix } = input;
    if (logStreamNames && logStreamNamePrefix) {
      throw invalidParameter('LogStreamNames and LogStreamNamePrefix cannot both be specified.');
    }
    const matches = compileFilterPattern(input.filterPattern ?? '');
    const found: {
      logStreamName: string;
      timestamp: number;
      message: string;
      ingestionTime: number;
      sequence: number;
    }[] = [];
    for (const stream of group.streams.values()) {
      if (logStreamNames && !logStreamNames.includes(stream.name)) continue;
      if (!stream.name.startsWith(logStreamNamePrefix ?? '')) continue;
      for (const event of store.eventsOf(group, stream, host.kernel.clock.now())) {
        if (event.timestamp < startTime || event.timestamp > endTime || !matches(new LogMessage(event.message)))
          continue;
        found.push({ logStreamName: stream.name, ...event });
      }
    }
    found.sort((a, b) => a.timestamp - b.timestamp || a.sequence - b.sequence);
    const { items, nextToken } = page(found, input.nextToken, input.limit ?? DEFAULT_LIMIT);
    const events = items.map(({ sequence, ...event }) => ({ ...event, eventId: String(sequence).padStart(56, '0') }));
    return { events, searchedLogStreams: [], nextToken };
  },
});
