import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { type CloudWatch, createCloudWatch, createCloudWatchService } from '../../local/services/cloudwatch/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const MINUTE_MS = 60_000;
const Dimensions = [{ Name: 'Queue', Value: 'orders' }];
const metric = { Namespace: 'Test', MetricName: 'Latency', Dimensions };
let running: RunningGateway;
let clock: SimulatedClock;
let metrics: CloudWatch;
let cloudWatch: CloudWatchClient;

beforeEach(async () => {
  clock = new SimulatedClock();
  const kernel = { clock, random: new SeededRandom(1) };
  metrics = createCloudWatch(kernel);
  running = await startGateway((host) => [createCloudWatchService(host, metrics)], { kernel });
  cloudWatch = new CloudWatchClient(running.client);
});

afterEach(async () => {
  cloudWatch.destroy();
  await running.close();
});

const record = (value: number) => metrics.record('Test', 'Latency', { Queue: 'orders' }, value, 'Milliseconds');

const range = () => ({ StartTime: new Date(Date.UTC(2026, 0, 1)), EndTime: new Date(clock.now() + MINUTE_MS) });

describe('metrics', () => {
  it('have statistics by period', async () => {
    for (const value of [1, 2, 3]) record(value);
    await clock.turn(MINUTE_MS);
    record(10);
    const { Datapoints, Label } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        ...metric,
        ...range(),
        Period: 60,
        Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
      }),
    );
    expect(Label).toBe('Latency');
    expect(Datapoints).toEqual([
      {
        Timestamp: new Date('2026-01-01T00:00:00Z'),
        Unit: 'Milliseconds',
        SampleCount: 3,
        Sum: 6,
        Average: 2,
        Minimum: 1,
        Maximum: 3,
      },
      {
        Timestamp: new Date('2026-01-01T00:01:00Z'),
        Unit: 'Milliseconds',
        SampleCount: 1,
        Sum: 10,
        Average: 10,
        Minimum: 10,
        Maximum: 10,
      },
    ]);
  });

  it('have percentiles that are right to one percent', async () => {
    for (let i = 1; i <= 1000; i++) record(i);
    const { Datapoints } = await cloudWatch.send(
      new GetMetricStatisticsCommand({ ...metric, ...range(), Period: 60, ExtendedStatistics: ['p50', 'p99', 'p100'] }),
    );
    const { p50, p99, p100 } = Datapoints![0]!.ExtendedStatistics!;
    expect(Math.abs(p50! - 500)).toBeLessThanOrEqual(5);
    expect(Math.abs(p99! - 990)).toBeLessThanOrEqual(9.9);
    expect(p100).toBe(1000);
  });

  it('are put by value, by values with counts and by statistics', async () => {
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: 'Test',
        MetricData: [
          { MetricName: 'Latency', Dimensions, Value: 5 },
          { MetricName: 'Latency', Dimensions, Values: [1, 2], Counts: [3, 1] },
          {
            MetricName: 'Latency',
            Dimensions,
            StatisticValues: { SampleCount: 2, Sum: 20, Minimum: 0.5, Maximum: 19.5 },
          },
        ],
      }),
    );
    const { Datapoints } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        ...metric,
        ...range(),
        Period: 300,
        Statistics: ['SampleCount', 'Sum', 'Minimum', 'Maximum'],
      }),
    );
    expect(Datapoints).toMatchObject([{ SampleCount: 7, Sum: 30, Minimum: 0.5, Maximum: 19.5 }]);
  });

  it('are kept by the second only when they were published so', async () => {
    const put = (MetricName: string, StorageResolution?: number) =>
      cloudWatch.send(
        new PutMetricDataCommand({ Namespace: 'Test', MetricData: [{ MetricName, Value: 1, StorageResolution }] }),
      );
    const seconds = async (MetricName: string) => {
      const input = { Namespace: 'Test', MetricName, ...range(), Period: 1, Statistics: ['Sum' as const] };
      return (await cloudWatch.send(new GetMetricStatisticsCommand(input))).Datapoints!.length;
    };
    for (let i = 0; i < 3; i++) {
      await put('Fine', 1);
      await put('Coarse');
      await clock.turn(1000);
    }
    expect([await seconds('Fine'), await seconds('Coarse')]).toEqual([3, 0]);
  });

  it('go on being summed when their minutes have been merged into hours', async () => {
    for (let i = 0; i < 60 * 30; i++) {
      record(1);
      await clock.turn(MINUTE_MS);
    }
    const { Datapoints } = await cloudWatch.send(
      new GetMetricStatisticsCommand({ ...metric, ...range(), Period: 86_400, Statistics: ['Sum'] }),
    );
    expect(Datapoints!.map(({ Sum }) => Sum)).toEqual([1440, 360]);
    expect(metrics.store.listMetrics()[0]!.minutes.size).toBeLessThan(29 * 60);
  });

  it('are combined by metric math', async () => {
    for (const value of [1, 2, 3]) record(value);
    await clock.turn(MINUTE_MS);
    record(4);
    const stat = (Id: string, Stat: string) => ({
      Id,
      MetricStat: { Metric: metric, Period: 60, Stat },
      ReturnData: false,
    });
    const { MetricDataResults } = await cloudWatch.send(
      new GetMetricDataCommand({
        ...range(),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          stat('total', 'Sum'),
          stat('count', 'SampleCount'),
          { Id: 'mean', Expression: '100 * total / (count + 0)', Label: 'mean in percent' },
          { Id: 'both', Expression: 'SUM([total, count])' },
        ],
      }),
    );
    expect(MetricDataResults!.map(({ Id, Label, Values }) => ({ Id, Label, Values }))).toEqual([
      { Id: 'mean', Label: 'mean in percent', Values: [200, 400] },
      { Id: 'both', Label: 'both', Values: [9, 5] },
    ]);
  });

  it('are listed by namespace and dimension', async () => {
    record(1);
    metrics.record('Test', 'Latency', { Queue: 'other' }, 1);
    metrics.record('Else', 'Latency', {}, 1);
    const list = async (input: object) => (await cloudWatch.send(new ListMetricsCommand(input))).Metrics!;
    expect((await list({})).length).toBe(3);
    expect(await list({ Namespace: 'Test', Dimensions })).toEqual([metric]);
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'a namespace of AWS',
      () =>
        cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/X', MetricData: [{ MetricName: 'a', Value: 1 }] })),
      /Namespace is invalid/,
    ],
    [
      'no value',
      () => cloudWatch.send(new PutMetricDataCommand({ Namespace: 'X', MetricData: [{ MetricName: 'a' }] })),
      /At least one of the parameters/,
    ],
    [
      'an odd period',
      () => cloudWatch.send(new GetMetricStatisticsCommand({ ...metric, ...range(), Period: 61, Statistics: ['Sum'] })),
      /multiple of 60/,
    ],
    [
      'an unknown statistic',
      () =>
        cloudWatch.send(
          new GetMetricStatisticsCommand({ ...metric, ...range(), Period: 60, ExtendedStatistics: ['tm99'] }),
        ),
      /tm99 is not emulated/,
    ],
    [
      'math that is not understood',
      () =>
        cloudWatch.send(
          new GetMetricDataCommand({ ...range(), MetricDataQueries: [{ Id: 'a', Expression: 'SEARCH(1)' }] }),
        ),
      /SEARCH\(1\) is not emulated/,
    ],
  ])('reject %s', async (_, act, message) => {
    await expect(act()).rejects.toThrow(message);
  });
});
