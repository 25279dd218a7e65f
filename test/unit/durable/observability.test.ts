import { type CloudWatch, createCloudWatch, createCloudWatchService } from '../../../local/services/cloudwatch/router';
import { createLogsService } from '../../../local/services/logs/router';
import type { ResourceProvider } from '../../../local/wire/resource-provider';
import { DurableServices } from '../../support/durable-services';
import { resourceContext } from '../lambda/inline-function';

let aws: DurableServices;
let cloudWatch: CloudWatch;

beforeEach(async () => {
  aws = await DurableServices.start((host) => {
    cloudWatch = createCloudWatch(host.kernel, host.journal);
    return [createLogsService(host), createCloudWatchService(host, cloudWatch)];
  });
});

afterEach(() => aws.close());

async function create(service: string, type: string, properties: object): Promise<void> {
  const { resources = [] } = aws.running.gateway.serviceByName(service)!;
  const provider = resources.find((candidate) => candidate.type === type) as ResourceProvider;
  await provider.create(properties, resourceContext('Made'));
}

describe('CloudWatch Logs outlive the process', () => {
  const group = { logGroupName: '/aws/lambda/worker' };
  const put = (logStreamName: string, ...messages: string[]) =>
    aws.call('logs', 'PutLogEvents', {
      ...group,
      logStreamName,
      logEvents: messages.map((message) => ({ timestamp: aws.clock.now(), message })),
    });
  const messages = async () => {
    const { events } = await aws.call('logs', 'FilterLogEvents', group);
    return events.map(({ message }: { message: string }) => message);
  };

  beforeEach(async () => {
    await aws.call('logs', 'CreateLogGroup', { ...group, tags: { a: 'b' } });
    await aws.call('logs', 'CreateLogStream', { ...group, logStreamName: 'one' });
    await aws.call('logs', 'CreateLogStream', { ...group, logStreamName: 'two' });
  });

  it('with groups, streams, and events in their order', async () => {
    await aws.call('logs', 'PutRetentionPolicy', { ...group, retentionInDays: 7 });
    await put('one', 'first');
    await put('two', 'second', 'third');
    await put('one', 'fourth');
    const told = async () => [
      await aws.call('logs', 'DescribeLogGroups'),
      await aws.call('logs', 'DescribeLogStreams', group),
      await aws.call('logs', 'FilterLogEvents', group),
    ];
    const before = await told();
    await aws.restart();
    expect(await told()).toEqual(before);
    await put('two', 'fifth');
    await aws.restart();
    expect(await messages()).toEqual(['first', 'second', 'third', 'fourth', 'fifth']);
  });

  it('without what has expired, was deleted, or found no room', async () => {
    await aws.call('logs', 'PutRetentionPolicy', { ...group, retentionInDays: 1 });
    await put('one', 'old');
    await aws.turn(25 * 3_600_000);
    await put('one', 'new');
    expect(await messages()).toEqual(['new']);
    expect(aws.count('logs.events')).toBe(1);
    await aws.call('logs', 'DeleteLogStream', { ...group, logStreamName: 'one' });
    expect(aws.count('logs.events')).toBe(0);
    for (let i = 0; i < 12; i++) await put('two', 'x'.repeat(1_000_000));
    expect(aws.count('logs.events')).toBeLessThan(9);
    await aws.call('logs', 'DeleteLogGroup', group);
    await aws.restart();
    expect((await aws.call('logs', 'DescribeLogGroups')).logGroups).toEqual([]);
    expect(aws.count('logs.events') + aws.count('logs.streams')).toBe(0);
  });
});

describe('CloudWatch outlives the process', () => {
  const read = async (Namespace: string, MetricName: string, hours = 1) => {
    const { Datapoints } = await aws.call('monitoring', 'GetMetricStatistics', {
      Namespace,
      MetricName,
      StartTime: new Date(aws.clock.now() - hours * 3_600_000),
      EndTime: new Date(aws.clock.now() + 60_000),
      Period: 3600,
      Statistics: ['Sum', 'Maximum'],
    });
    return Datapoints.map(({ Sum, Maximum }: { Sum: number; Maximum: number }) => [Sum, Maximum]);
  };

  it('with the values that it was given', async () => {
    const MetricData = [{ MetricName: 'm', Values: [1, 5] }];
    await aws.call('monitoring', 'PutMetricData', { Namespace: 'Ops', MetricData });
    await aws.restart();
    await aws.call('monitoring', 'PutMetricData', { Namespace: 'Ops', MetricData });
    expect(await read('Ops', 'm')).toEqual([[12, 5]]);
  });

  it('with what services counted, as of ten seconds ago', async () => {
    cloudWatch.record('AWS/Lambda', 'Invocations', {}, 3);
    expect(aws.count('cloudwatch.minutes')).toBe(0);
    await aws.turn(10_000);
    expect(aws.count('cloudwatch.minutes')).toBe(1);
    await aws.restart();
    expect(await read('AWS/Lambda', 'Invocations')).toEqual([[3, 3]]);
  });

  it('with alarms and dashboards', async () => {
    await create('monitoring', 'AWS::CloudWatch::Alarm', {
      ...{ AlarmName: 'a', Namespace: 'Ops', MetricName: 'm', Statistic: 'Sum', Period: 60 },
      ...{ Threshold: 1, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' },
    });
    await create('monitoring', 'AWS::CloudWatch::Dashboard', { DashboardName: 'd', DashboardBody: '{}' });
    const told = async () => [
      await aws.call('monitoring', 'DescribeAlarms'),
      await aws.call('monitoring', 'ListDashboards'),
    ];
    const before = await told();
    await aws.restart();
    expect(await told()).toEqual(before);
    expect(before[0].MetricAlarms).toHaveLength(1);
  });

  it('with hours that minutes were merged into', async () => {
    await aws.call('monitoring', 'PutMetricData', { Namespace: 'Ops', MetricData: [{ MetricName: 'm', Value: 7 }] });
    for (let day = 0; day < 2; day++) {
      for (let minute = 0; minute < 150; minute++) {
        const MetricData = [{ MetricName: 'other', Value: 1 }];
        await aws.call('monitoring', 'PutMetricData', { Namespace: 'Ops', MetricData });
        await aws.turn(60_000);
      }
      await aws.turn(24 * 3_600_000);
    }
    expect(aws.count('cloudwatch.hours')).toBeGreaterThan(0);
    await aws.restart();
    expect(await read('Ops', 'm', 96)).toEqual([[7, 7]]);
  });
});
