import { extractEmbeddedMetrics } from '../embedded-metrics';
import { invalidParameter } from '../faults';
import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';
import { applyMetricFilters } from '../metric-filters';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const EVENT_OVERHEAD_BYTES = 26;
const DAY_MS = 86_400_000;
const TOO_OLD_MS = 14 * DAY_MS;
const TOO_NEW_MS = 2 * 3_600_000;

interface InputEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** Stores events in order of time; those with embedded metrics also reach CloudWatch. */
export const putLogEvents: ActionFactory = (parts) => ({
  access: groupAccess(parts, 'PutLogEvents', 'logStreamName'),
  handle(input: { logGroupName: string; logStreamName: string; logEvents: InputEvent[] }) {
    const { store, host } = parts;
    const name = groupNameOf(input);
    const group = store.group(name);
    store.stream(name, input.logStreamName);
    const nowMs = host.kernel.clock.now();
    checkEvents(input.logEvents);
    const events = [...input.logEvents];
    events.sort((a, b) => a.timestamp - b.timestamp);
    const retentionMs = group.retentionInDays === undefined ? undefined : group.retentionInDays * DAY_MS;
    const isExpired = ({ timestamp }: InputEvent) => retentionMs !== undefined && timestamp < nowMs - retentionMs;
    const isTooOld = ({ timestamp }: InputEvent) => timestamp < nowMs - TOO_OLD_MS;
    const isTooNew = ({ timestamp }: InputEvent) => timestamp > nowMs + TOO_NEW_MS;
    const accepted = events.filter((event) => !isExpired(event) && !isTooOld(event) && !isTooNew(event));
    store.append(name, input.logStreamName, accepted, nowMs);
    for (const { message, timestamp } of accepted) {
      extractEmbeddedMetrics(message, host);
      if (group.metricFilters.size > 0) applyMetricFilters(group.metricFilters.values(), message, host, timestamp);
    }
    const expired = events.filter(isExpired).length;
    const tooOld = events.filter(isTooOld).length;
    const firstNew = events.findIndex(isTooNew);
    const rejected = {
      ...(expired > 0 ? { expiredLogEventEndIndex: expired } : {}),
      ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
      ...(firstNew >= 0 ? { tooNewLogEventStartIndex: firstNew } : {}),
    };
    const nextSequenceToken = '49545295115971876468408574808465399436814096478114600018';
    return Object.keys(rejected).length > 0
      ? { nextSequenceToken, rejectedLogEventsInfo: rejected }
      : { nextSequenceToken };
  },
});

function checkEvents(events: unknown): asserts events is InputEvent[] {
  if (!Array.isArray(events) || events.length === 0) {
    throw invalidParameter(
      "1 validation error detected: Value '[]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  if (events.length > MAX_EVENTS) {
    throw invalidParameter(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length less than or equal to ${MAX_EVENTS}`,
    );
  }
  let bytes = 0;
  events.forEach((event, i) => {
    if (typeof event?.message !== 'string' || event.message === '') {
      throw invalidParameter(`The message of logEvents.${i + 1} must have length greater than or equal to 1`);
    }
    if (!Number.isInteger(event.timestamp) || event.timestamp < 0) {
      throw invalidParameter(
        `The timestamp of logEvents.${i + 1} must be milliseconds since the epoch: ${event.timestamp}`,
      );
    }
    bytes += Buffer.byteLength(event.message) + EVENT_OVERHEAD_BYTES;
  });
  if (bytes > MAX_BYTES) throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BYTES}`);
}
