import { invalidParameter } from '../faults';
import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';

const DEFAULT_LIMIT = 10_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const getLogEvents: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'GetLogEvents', 'logStreamName'),
  handle(input) {
    const { store, host } = parts;
    const name = groupNameOf(input);
    const group = store.group(name);
    const stream = store.stream(name, input.logStreamName);
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY, limit = DEFAULT_LIMIT } = input;
    const events = store
      .eventsOf(group, stream, host.kernel.clock.now())
      .filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
    const token = readToken(input.nextToken);
    let start = input.startFromHead ? 0 : Math.max(0, events.length - limit);
    if (token) {
      const at = events.findIndex(({ sequence }) => sequence >= token.sequence);
      const position = at < 0 ? events.length : at;
      start = token.direction === 'f' ? position : Math.max(0, position - limit);
    }
    const end = token?.direction === 'b' ? Math.min(events.length, start + limit) : start + limit;
    const taken = events.slice(start, end);
    const after = taken.length > 0 ? taken.at(-1)!.sequence + 1 : (token?.sequence ?? 0);
    return {
      events: taken.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: `f/${after}`,
      nextBackwardToken: `b/${taken[0]?.sequence ?? token?.sequence ?? 0}`,
    };
  },
});

function readToken(token: string | undefined): { direction: string; sequence: number } | undefined {
  if (token === undefined) return undefined;
  const match = /^([fb])\/(\d+)$/.exec(token);
  if (!match) throw invalidParameter('The specified nextToken is invalid.');
  return { direction: match[1]!, sequence: Number(match[2]) };
}
