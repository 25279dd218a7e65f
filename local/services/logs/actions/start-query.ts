import { invalidParameter, validationFailed } from '../faults';
import { EventRow } from '../insights/event-row';
import { parseQuery } from '../insights/parse-query';
import { runQuery } from '../insights/run-query';
import { type ActionFactory, groupAccess, groupNameOf, type LogsParts } from '../logs-parts';

const LARGEST_LIMIT = 10_000;

interface StartQueryInput {
  readonly logGroupName?: string;
  readonly logGroupNames?: readonly string[];
  readonly logGroupIdentifiers?: readonly string[];
  /** Seconds since the epoch; both ends count. */
  readonly startTime?: number;
  readonly endTime?: number;
  readonly queryString?: string;
  readonly queryLanguage?: string;
  readonly limit?: number;
}

/**
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html: the query is carried out at once. Throws
 * MalformedQueryException, ResourceNotFoundException, InvalidParameterException.
 */
export const startQuery: ActionFactory = (parts) => ({
  access: (input: StartQueryInput) =>
    groupsOf(input).flatMap((logGroupName) => groupAccess(parts, 'StartQuery')({ logGroupName })),
  handle(input: StartQueryInput) {
    const { kernel } = parts.host;
    const logGroupNames = groupsOf(input);
    const limit = checkLimit(input.limit);
    const { startMs, endMs } = checkTimes(input);
    if (input.queryLanguage !== undefined && input.queryLanguage !== 'CWLI') {
      throw invalidParameter(`The query language ${input.queryLanguage} is not emulated: CWLI alone is.`);
    }
    for (const name of logGroupNames) parts.store.group(name);
    const queryString = String(input.queryString ?? '');
    const commands = parseQuery(queryString);
    const rows = logGroupNames.flatMap((name) => rowsOf(parts, name, startMs, endMs));
    rows.sort((a, b) => b.event.timestamp - a.event.timestamp || b.event.sequence - a.event.sequence);
    const { lines, matched: recordsMatched } = runQuery(commands, rows, limit);
    const queryId = kernel.random.uuid();
    const bytesScanned = rows.reduce((sum, { event }) => sum + event.message.length, 0);
    parts.queries.add({
      ...{ queryId, queryString, logGroupNames, createTime: kernel.clock.now() },
      ...{ lines, recordsMatched, recordsScanned: rows.length, bytesScanned },
    });
    return { queryId };
  },
});

/** The groups that a query asks, by one of three members. */
function groupsOf({ logGroupName, logGroupNames, logGroupIdentifiers }: StartQueryInput): string[] {
  const given = [logGroupName === undefined ? undefined : [logGroupName], logGroupNames, logGroupIdentifiers];
  const [names, ...others] = given.filter((list) => list !== undefined && list.length > 0);
  if (!names || others.length > 0) {
    throw invalidParameter('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given.');
  }
  return names.map((name) => groupNameOf({ logGroupName: name }));
}

function checkLimit(limit = LARGEST_LIMIT): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_LIMIT) return limit;
  throw validationFailed('limit', limit, `Member must have value between 1 and ${LARGEST_LIMIT}`);
}

function checkTimes({ startTime, endTime }: StartQueryInput): { startMs: number; endMs: number } {
  if (!(Number(startTime) >= 0)) throw validationFailed('startTime', startTime, 'Member must not be null');
  if (!(Number(endTime) >= 0)) throw validationFailed('endTime', endTime, 'Member must not be null');
  if (startTime! > endTime!) throw invalidParameter('The start time of a query must not be after its end time.');
  return { startMs: startTime! * 1000, endMs: endTime! * 1000 };
}

function rowsOf({ store, host }: LogsParts, name: string, startMs: number, endMs: number): EventRow[] {
  const group = store.group(name);
  const log = `${host.accountId}:${name}`;
  return [...group.streams.values()].flatMap((stream) =>
    store
      .eventsOf(group, stream, host.kernel.clock.now())
      .filter(({ timestamp }) => timestamp >= startMs && timestamp <= endMs)
      .map((event) => new EventRow(event, log, stream.name)),
  );
}
