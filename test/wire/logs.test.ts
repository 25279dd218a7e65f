import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createLogsService } from '../../local/services/logs/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const DAY_MS = 86_400_000;
const group = { logGroupName: '/app/orders' };
const stream = { ...group, logStreamName: 'one' };
let running: RunningGateway;
let clock: SimulatedClock;
let logs: CloudWatchLogsClient;

beforeEach(async () => {
  clock = new SimulatedClock();
  running = await startGateway((host) => [createLogsService(host)], {
    kernel: { clock, random: new SeededRandom(1) },
  });
  logs = new CloudWatchLogsClient(running.client);
  await logs.send(new CreateLogGroupCommand({ ...group, tags: { stage: 'dev' } }));
  await logs.send(new CreateLogStreamCommand(stream));
});

afterEach(async () => {
  logs.destroy();
  await running.close();
});

const put = (...messages: string[]) =>
  logs.send(
    new PutLogEventsCommand({
      ...stream,
      logEvents: messages.map((message, i) => ({ message, timestamp: clock.now() + i })),
    }),
  );

async function filter(filterPattern?: string): Promise<(string | undefined)[]> {
  const { events } = await logs.send(new FilterLogEventsCommand({ ...group, filterPattern }));
  return events!.map(({ message }) => message);
}

describe('log events', () => {
  it('are read back in order, page by page', async () => {
    await put('a', 'b', 'c', 'd', 'e');
    const read = (input: object) => logs.send(new GetLogEventsCommand({ ...stream, limit: 2, ...input }));
    const first = await read({ startFromHead: true });
    const second = await read({ nextToken: first.nextForwardToken });
    const third = await read({ nextToken: second.nextForwardToken });
    const end = await read({ nextToken: third.nextForwardToken });
    expect([first, second, third, end].map(({ events }) => events!.map(({ message }) => message))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
      [],
    ]);
    expect(end.nextForwardToken).toBe(third.nextForwardToken);
    expect((await read({})).events!.map(({ message }) => message)).toEqual(['d', 'e']);
    const back = await read({ nextToken: third.nextBackwardToken });
    expect(back.events!.map(({ message }) => message)).toEqual(['c', 'd']);
  });

  it('expire by the retention of their group', async () => {
    await logs.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 3 }));
    await put('old');
    await clock.turn(2 * DAY_MS);
    await put('young');
    expect(await filter()).toEqual(['old', 'young']);
    await clock.turn(DAY_MS + 1);
    expect(await filter()).toEqual(['young']);
  });

  it('are taken out of order and sorted by time; too old and too new ones are refused', async () => {
    const at = (message: string, offsetMs: number) => ({ message, timestamp: clock.now() + offsetMs });
    const { rejectedLogEventsInfo } = await logs.send(
      new PutLogEventsCommand({
        ...stream,
        logEvents: [at('ancient', -15 * DAY_MS), at('second', 5), at('first', 1), at('tomorrow', DAY_MS)],
      }),
    );
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 });
    expect(await filter()).toEqual(['first', 'second']);
  });

  it('give way to newer ones when their group is full', async () => {
    for (let i = 0; i < 12; i++) await put(`${i} ${'x'.repeat(900_000)}`);
    const kept = (await filter()).map((message) => Number(message!.split(' ')[0]));
    expect(kept.at(-1)).toBe(11);
    expect(kept[0]).toBeGreaterThan(0);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  it.each<[string, string, string[]]>([
    ['one term', 'ERROR', ['ERROR disk full', 'ERROR timeout after 3 s']],
    ['all of several terms', 'ERROR timeout', ['ERROR timeout after 3 s']],
    ['a phrase', '"disk full"', ['ERROR disk full']],
    ['one of several', '?disk ?timeout', ['ERROR disk full', 'ERROR timeout after 3 s']],
    ['an excluded term', 'ERROR -disk', ['ERROR timeout after 3 s']],
    ['a regular expression', '%after \\d s%', ['ERROR timeout after 3 s']],
    ['a member', '{ $.level = "warn" }', ['{"level":"warn","ms":120,"order":{"id":"o-1"}}']],
    ['a comparison', '{ $.ms >= 100 && $.ms < 200 }', ['{"level":"warn","ms":120,"order":{"id":"o-1"}}']],
    [
      'either',
      '{ ($.ms = 5) || ($.order.id = "o-*") }',
      ['{"level":"warn","ms":120,"order":{"id":"o-1"}}', '{"level":"info","ms":5}'],
    ],
    ['a member that is missing', '{ $.order NOT EXISTS }', ['{"level":"info","ms":5}']],
    ['inequality', '{ $.level != "warn" }', ['{"level":"info","ms":5}']],
  ])('are found by %s', async (_, pattern, expected) => {
    await put(
      'ERROR disk full',
      'ERROR timeout after 3 s',
      'all is well',
      '{"level":"warn","ms":120,"order":{"id":"o-1"}}',
      '{"level":"info","ms":5}',
    );
    expect(await filter(pattern)).toEqual(expected);
  });

  it('become metrics when they are in the embedded metric format', async () => {
    const metrics: unknown[] = [];
    running.gateway.useMetricSink((...metric) => metrics.push(metric.filter((part) => part !== undefined)));
    await put(
      JSON.stringify({
        _aws: {
          Timestamp: clock.now() - 60_000,
          CloudWatchMetrics: [
            {
              Namespace: 'Stepwright',
              Dimensions: [['service'], ['service', 'stage'], ['absent']],
              Metrics: [
                { Name: 'Charges', Unit: 'Count', StorageResolution: 1 },
                { Name: 'Cents', Unit: 'None' },
              ],
            },
          ],
        },
        service: 'orders',
        stage: 'dev',
        Charges: 1,
        Cents: [10, 20],
      }),
      JSON.stringify({
        _aws: { Timestamp: 0, CloudWatchMetrics: [{ Namespace: 'Old', Metrics: [{ Name: 'm' }] }] },
        m: 1,
      }),
      '{"_aws": broken',
      'plain text',
    );
    const at = { timestampMs: clock.now() - 60_000 };
    const fine = { ...at, isHighResolution: true };
    expect(metrics).toEqual([
      ['Stepwright', 'Charges', { service: 'orders' }, 1, 'Count', fine],
      ['Stepwright', 'Cents', { service: 'orders' }, 10, 'None', at],
      ['Stepwright', 'Cents', { service: 'orders' }, 20, 'None', at],
      ['Stepwright', 'Charges', { service: 'orders', stage: 'dev' }, 1, 'Count', fine],
      ['Stepwright', 'Cents', { service: 'orders', stage: 'dev' }, 10, 'None', at],
      ['Stepwright', 'Cents', { service: 'orders', stage: 'dev' }, 20, 'None', at],
    ]);
  });
});

describe('log groups and streams', () => {
  it('are described', async () => {
    await put('a');
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/app' }));
    const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:/app/orders';
    expect(logGroups).toMatchObject([{ ...group, arn: `${arn}:*`, logGroupArn: arn, creationTime: clock.now() }]);
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand(group));
    expect(logStreams).toMatchObject([{ logStreamName: 'one', lastEventTimestamp: clock.now() }]);
    const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    expect(tags).toEqual({ stage: 'dev' });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'a group whose name is taken',
      () => logs.send(new CreateLogGroupCommand(group)),
      'ResourceAlreadyExistsException',
    ],
    [
      'a stream whose name is taken',
      () => logs.send(new CreateLogStreamCommand(stream)),
      'ResourceAlreadyExistsException',
    ],
    [
      'events for a stream that is not there',
      () =>
        logs.send(
          new PutLogEventsCommand({ ...group, logStreamName: 'no', logEvents: [{ message: 'a', timestamp: 1 }] }),
        ),
      'ResourceNotFoundException',
    ],
    [
      'an empty batch',
      () => logs.send(new PutLogEventsCommand({ ...stream, logEvents: [] })),
      'InvalidParameterException',
    ],
    [
      'an odd retention',
      () => logs.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 2 })),
      'InvalidParameterException',
    ],
    ['a broken pattern', () => filter('{ $.a = }'), 'InvalidParameterException'],
    [
      'a group that was deleted',
      async () => {
        await logs.send(new DeleteLogGroupCommand(group));
        return filter();
      },
      'ResourceNotFoundException',
    ],
  ])('reject %s', async (_, act, name) => {
    await expect(act()).rejects.toMatchObject({ name });
  });
});
