import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeQueriesCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createLogsService } from '../../local/services/logs/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const START_MS = Date.parse('2026-03-01T12:00:00Z');
const logGroupName = '/app/orders';
const order = (orderId: string, more: object) => JSON.stringify({ orderId, ...more });
/** Messages with their offsets from the start in seconds. */
const EVENTS: readonly [number, string, string][] = [
  [0, 'web', order('o-1', { level: 'info', ms: 10, http: { status: 200 } })],
  [61, 'web', order('o-2', { level: 'error', ms: 250, http: { status: 502 }, retried: true })],
  [119, 'worker', order('o-3', { level: 'error', ms: 40, http: { status: 404 } })],
  [301, 'worker', 'plain words | with a bar and "quotes"'],
  [302, 'worker', order('o-1', { level: 'warn', ms: 100 })],
];

let running: RunningGateway;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  const kernel = { clock: new SimulatedClock(START_MS + 600_000), random: new SeededRandom(1) };
  running = await startGateway((host) => [createLogsService(host)], { kernel });
  logs = new CloudWatchLogsClient(running.client);
  for (const name of [logGroupName, '/app/other']) await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
  for (const logStreamName of ['web', 'worker']) {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const logEvents = EVENTS.filter(([, stream]) => stream === logStreamName).map(([offset, , message]) => ({
      timestamp: START_MS + offset * 1000,
      message,
    }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }
});
afterAll(async () => {
  logs.destroy();
  await running.close();
});

const start = (queryString: string, more: object = {}) =>
  logs.send(
    new StartQueryCommand({
      ...(!('logGroupNames' in more) && { logGroupName }),
      ...{ queryString, startTime: START_MS / 1000, endTime: START_MS / 1000 + 600 },
      ...more,
    }),
  );

/** The lines of an answer as objects, without the pointers to events. */
async function ask(queryString: string, more: object = {}): Promise<Record<string, string>[]> {
  const { queryId } = await start(queryString, more);
  const { results, status } = await logs.send(new GetQueryResultsCommand({ queryId }));
  expect(status).toBe('Complete');
  return results!.map((line) =>
    Object.fromEntries(line.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field!, value!])),
  );
}

describe('a query of Logs Insights', () => {
  it('gives events newest first, with their time and a pointer', async () => {
    const { queryId } = await start('fields @timestamp, orderId | limit 2');
    const { results, statistics, queryLanguage } = await logs.send(new GetQueryResultsCommand({ queryId }));
    const ptr = { field: '@ptr', value: expect.any(String) };
    expect(results).toEqual([
      [{ field: '@timestamp', value: '2026-03-01 12:05:02.000' }, { field: 'orderId', value: 'o-1' }, ptr],
      [{ field: '@timestamp', value: '2026-03-01 12:05:01.000' }, ptr],
    ]);
    expect(statistics).toMatchObject({ recordsMatched: 5, recordsScanned: 5, logGroupsScanned: 1 });
    expect(queryLanguage).toBe('CWLI');
  });

  it.each<[string, string, string[]]>([
    ['equality', 'filter level = "error"', ['o-2', 'o-3']],
    ['inequality, which a missing field does not have', "filter level != 'error'", ['o-1', 'o-1']],
    ['a number in the object within', 'filter http.status >= 500', ['o-2']],
    ['a text that is contained', 'filter @message like "ror"', ['o-2', 'o-3']],
    ['a regular expression', 'filter @message like /"ms":\\d{3}/', ['o-1', 'o-2']],
    ['a regular expression in any capitals', 'filter @message =~ /(?i)ERROR/', ['o-2', 'o-3']],
    ['what is not like it', 'filter orderId not like /o-[12]/', ['o-3']],
    ['a set', 'filter http.status in [404, 502]', ['o-2', 'o-3']],
    ['and, or, not and parentheses', 'filter (ms > 200 or ms < 20) and not (level = "info")', ['o-2']],
    ['or that binds less than and', 'filter ms = 10 or ms = 40 and level = "info"', ['o-1']],
    ['presence', 'filter ispresent(retried)', ['o-2']],
    ['a boolean, which is 1 or 0', 'filter retried = 1', ['o-2']],
    ['two filters', 'filter level = "error" | filter ms < 100', ['o-3']],
    ['a stream', 'filter @logStream = "web"', ['o-1', 'o-2']],
    ['a comment', '# all that failed\nfilter level = "error" # so far', ['o-2', 'o-3']],
    ['a text with a number sign', 'filter @message not like "#" and orderId = "o-3" and orderId != "# o"', ['o-3']],
    ['a field in backticks', 'filter `orderId` = "o-3"', ['o-3']],
  ])('filters by %s', async (_, filter, expected) => {
    const found = await ask(`${filter}\n| fields orderId | sort orderId asc`);
    expect(found.map(({ orderId }) => orderId)).toEqual(expected);
  });

  it('keeps a bar within a text', async () => {
    expect(await ask('filter @message like "| with a bar" | display @message')).toEqual([
      { '@message': EVENTS[3]![2] },
    ]);
  });

  it('sorts by several fields, numbers as numbers', async () => {
    const found = await ask('fields level as kind, ms | filter ispresent(ms) | sort kind desc, ms asc');
    expect(found).toEqual([
      { kind: 'warn', ms: '100' },
      { kind: 'info', ms: '10' },
      { kind: 'error', ms: '40' },
      { kind: 'error', ms: '250' },
    ]);
  });

  it('counts by periods, in UTC', async () => {
    expect(await ask('stats count(*) by bin(1m) | sort bin(1m) asc')).toEqual([
      { 'bin(1m)': '2026-03-01 12:00:00.000', 'count(*)': '1' },
      { 'bin(1m)': '2026-03-01 12:01:00.000', 'count(*)': '2' },
      { 'bin(1m)': '2026-03-01 12:05:00.000', 'count(*)': '2' },
    ]);
    expect(await ask('stats count() as events by bin(5m) as since | sort events desc | limit 1')).toEqual([
      { since: '2026-03-01 12:00:00.000', events: '3' },
    ]);
  });

  it('counts and measures by fields, and filters the figures', async () => {
    const query =
      'filter ispresent(level) | stats count(*) as events, avg(ms), max(ms), pct(ms, 50), count_distinct(orderId) as orders ' +
      'by level | filter events > 1';
    expect(await ask(query)).toEqual([
      { level: 'error', events: '2', 'avg(ms)': '145', 'max(ms)': '250', 'pct(ms, 50)': '40', orders: '2' },
    ]);
  });

  it('counts all events, and also none, in one line', async () => {
    expect(await ask('stats count(*), count(ms), sum(ms), min(ms)')).toEqual([
      { 'count(*)': '5', 'count(ms)': '4', 'sum(ms)': '400', 'min(ms)': '10' },
    ]);
    expect(await ask('filter level = "fatal" | stats count(*) as fatal, avg(ms)')).toEqual([{ fatal: '0' }]);
  });

  it('sees only its time, both ends included, and at most its limit', async () => {
    const seconds = START_MS / 1000;
    const found = await ask('fields ms', { startTime: seconds + 61, endTime: seconds + 119 });
    expect(found).toEqual([{ ms: '40' }, { ms: '250' }]);
    expect(await ask('fields ms', { limit: 1 })).toHaveLength(1);
    expect(await ask('fields ms | limit 3', { limit: 1 })).toHaveLength(3);
  });

  it('asks several groups', async () => {
    const found = await ask('stats count(*) by @log', { logGroupNames: [logGroupName, '/app/other'] });
    expect(found).toEqual([{ '@log': `000000000000:${logGroupName}`, 'count(*)': '5' }]);
  });

  it.each([
    ['a command that is not emulated', 'parse @message "*" as all', 0, 5],
    ['a command in the middle', 'fields a | dedup a', 11, 16],
    ['an unknown function', 'stats median(ms)', 6, 12],
    ['arithmetic', 'fields ms / 2 as half', 10, 11],
    ['a filter without a comparison', 'filter level', 12, 12],
    ['not before a comparison', 'filter level not = 3', 17, 18],
    ['an empty query', '', 0, 0],
    ['a bar at the end', 'fields a |', 10, 10],
    ['a text without an end', 'filter a = "b', 11, 12],
    ['a regular expression that is none', 'filter a like /(/', 14, 17],
    ['a limit of nothing', 'limit 0', 6, 7],
    ['a period that is none', 'stats count(*) by bin(5)', 22, 23],
    ['a figure that never closes', 'stats count(*) | sort count(*', 29, 29],
  ])('rejects %s, with its place', async (_, query, startCharOffset, endCharOffset) => {
    await expect(start(query)).rejects.toMatchObject({
      name: 'MalformedQueryException',
      queryCompileError: { location: { startCharOffset, endCharOffset } },
    });
  });

  it.each([
    ['a group that is missing', { logGroupNames: ['/none'] }, 'ResourceNotFoundException'],
    ['groups named in two ways', { logGroupNames: ['/app/other'], logGroupName }, 'InvalidParameterException'],
    ['no group', { logGroupNames: [] }, 'InvalidParameterException'],
    ['a limit beyond 10,000', { limit: 10_001 }, 'InvalidParameterException'],
    ['an end before the start', { endTime: 1 }, 'InvalidParameterException'],
    ['another language', { queryLanguage: 'SQL' }, 'InvalidParameterException'],
  ])('rejects %s', async (_, more, name) => {
    await expect(start('fields a', more)).rejects.toMatchObject({ name });
  });

  it('is listed, the newest first, and cannot be stopped once it has ended', async () => {
    const { queryId: first } = await start('fields a');
    const { queryId: second } = await start('fields b', { logGroupNames: ['/app/other'] });
    const list = (more: object) => logs.send(new DescribeQueriesCommand({ maxResults: 1, ...more }));
    const { queries, nextToken } = await list({});
    expect(queries).toMatchObject([{ queryId: second, queryString: 'fields b', logGroupName: '/app/other' }]);
    expect((await list({ nextToken })).queries).toMatchObject([{ queryId: first, status: 'Complete' }]);
    expect((await list({ logGroupName })).queries).toMatchObject([{ queryId: first }]);
    expect((await list({ status: 'Running' })).queries).toEqual([]);
    const stop = (queryId: string) => logs.send(new StopQueryCommand({ queryId }));
    await expect(stop(first!)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(stop('none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const missing = logs.send(new GetQueryResultsCommand({ queryId: 'none' }));
    await expect(missing).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
