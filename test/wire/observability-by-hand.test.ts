import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetDashboardCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteMetricFilterCommand,
  DeleteResourcePolicyCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateConnectionCommand, EventBridgeClient, ListConnectionsCommand } from '@aws-sdk/client-eventbridge';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createCloudWatch, createCloudWatchService } from '../../local/services/cloudwatch/router';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createLogsService } from '../../local/services/logs/router';
import { type RunningGateway, startGateway } from '../support/embedded';

let running: RunningGateway;
let cloudWatch: CloudWatchClient;
let logs: CloudWatchLogsClient;
let events: EventBridgeClient;
const counted: { name: string; value: number }[] = [];

beforeAll(async () => {
  const kernel = { clock: new SimulatedClock(), random: new SeededRandom(1) };
  running = await startGateway(
    (host) => [
      createLogsService(host),
      createCloudWatchService(host, createCloudWatch(host.kernel)),
      createEventBridgeService(host),
    ],
    { kernel },
  );
  running.gateway.useMetricSink((_namespace, name, _dimensions, value) => counted.push({ name, value }));
  cloudWatch = new CloudWatchClient(running.client);
  logs = new CloudWatchLogsClient(running.client);
  events = new EventBridgeClient(running.client);
});

afterAll(async () => {
  for (const client of [cloudWatch, logs, events]) client.destroy();
  await running.close();
});

describe('alarms by hand', () => {
  const Dimensions = [{ Name: 'QueueName', Value: 'orders-dlq' }];
  const alarm = {
    AlarmName: 'ops',
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions,
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  } as const;

  it('are put, found by their metric, set, silenced and deleted', async () => {
    await cloudWatch.send(new PutMetricAlarmCommand(alarm));
    const described = async () =>
      (await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['ops'] }))).MetricAlarms?.[0];
    expect(await described()).toMatchObject({ ...alarm, StateValue: 'INSUFFICIENT_DATA', ActionsEnabled: true });
    const { Namespace, MetricName } = alarm;
    const ofMetric = await cloudWatch.send(new DescribeAlarmsForMetricCommand({ Namespace, MetricName, Dimensions }));
    expect(ofMetric.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['ops']);
    const ofOther = await cloudWatch.send(new DescribeAlarmsForMetricCommand({ Namespace, MetricName }));
    expect(ofOther.MetricAlarms).toEqual([]);
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName: 'ops', StateValue: 'ALARM', StateReason: 'drill' }));
    await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: ['ops', 'none'] }));
    expect(await described()).toMatchObject({ StateValue: 'ALARM', StateReason: 'drill', ActionsEnabled: false });
    await cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames: ['ops'] }));
    const inAlarm = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
    expect(inAlarm.MetricAlarms).toEqual([expect.objectContaining({ AlarmName: 'ops', ActionsEnabled: true })]);
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['ops'] }));
    expect(await described()).toBeUndefined();
  });

  it('reject names that are not there', async () => {
    const change = { AlarmName: 'none', StateValue: 'OK', StateReason: 'x' } as const;
    await expect(cloudWatch.send(new SetAlarmStateCommand(change))).rejects.toMatchObject({ name: 'ResourceNotFound' });
    await expect(cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['none'] }))).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });

  it('reject what is no state', async () => {
    await cloudWatch.send(new PutMetricAlarmCommand(alarm));
    const change = { AlarmName: 'ops', StateValue: 'FINE' as never, StateReason: 'x' };
    await expect(cloudWatch.send(new SetAlarmStateCommand(change))).rejects.toThrow('must be one of OK, ALARM');
  });
});

describe('dashboards by hand', () => {
  it('are put, read and deleted', async () => {
    const named = { DashboardName: 'ops' };
    await cloudWatch.send(new PutDashboardCommand({ ...named, DashboardBody: '{"widgets":[]}' }));
    expect(await cloudWatch.send(new GetDashboardCommand(named))).toMatchObject({ DashboardBody: '{"widgets":[]}' });
    await expect(cloudWatch.send(new PutDashboardCommand({ ...named, DashboardBody: '{' }))).rejects.toThrow(/JSON/);
    await cloudWatch.send(new DeleteDashboardsCommand({ DashboardNames: ['ops'] }));
    await expect(cloudWatch.send(new GetDashboardCommand(named))).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });
});

describe('metric filters by hand', () => {
  const logGroupName = '/shop/web';
  const filter = {
    logGroupName,
    filterName: 'slow',
    filterPattern: '{ $.latency > 100 }',
    metricTransformations: [{ metricNamespace: 'Shop', metricName: 'Slow', metricValue: '$.latency' }],
  };

  it('are put, described, counted and deleted', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
    await logs.send(new PutMetricFilterCommand(filter));
    const described = () => logs.send(new DescribeMetricFiltersCommand({ logGroupName }));
    expect((await described()).metricFilters).toEqual([{ ...filter, creationTime: expect.any(Number) }]);
    const logEvents = [50, 150].map((latency) => ({
      timestamp: running.gateway.kernel.clock.now(),
      message: JSON.stringify({ latency }),
    }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 's', logEvents }));
    expect(counted).toContainEqual({ name: 'Slow', value: 150 });
    expect(counted).not.toContainEqual({ name: 'Slow', value: 50 });
    await logs.send(new DeleteMetricFilterCommand(filter));
    expect((await described()).metricFilters).toEqual([]);
    await expect(logs.send(new DeleteMetricFilterCommand(filter))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('are tried on messages', async () => {
    const { matches } = await logs.send(
      new TestMetricFilterCommand({ filterPattern: 'ERROR', logEventMessages: ['fine', 'an ERROR'] }),
    );
    expect(matches).toEqual([{ eventNumber: 2, eventMessage: 'an ERROR', extractedValues: {} }]);
  });

  it('reject a filter without a metric', async () => {
    const none = { ...filter, metricTransformations: [] };
    await expect(logs.send(new PutMetricFilterCommand(none))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('resource policies of logs', () => {
  it('are put, described and deleted', async () => {
    const policyDocument = '{"Version":"2012-10-17","Statement":[]}';
    await logs.send(new PutResourcePolicyCommand({ policyName: 'bus', policyDocument }));
    const described = await logs.send(new DescribeResourcePoliciesCommand({}));
    expect(described.resourcePolicies).toEqual([{ policyName: 'bus', policyDocument }]);
    await logs.send(new DeleteResourcePolicyCommand({ policyName: 'bus' }));
    await expect(logs.send(new DeleteResourcePolicyCommand({ policyName: 'bus' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('connections', () => {
  it('are listed without their secrets', async () => {
    await events.send(
      new CreateConnectionCommand({
        Name: 'carrier',
        AuthorizationType: 'BASIC',
        AuthParameters: { BasicAuthParameters: { Username: 'u', Password: 'secret' } },
      }),
    );
    const { Connections } = await events.send(new ListConnectionsCommand({ NamePrefix: 'car' }));
    expect(Connections).toEqual([
      expect.objectContaining({ Name: 'carrier', ConnectionState: 'AUTHORIZED', AuthorizationType: 'BASIC' }),
    ]);
    expect(JSON.stringify(Connections)).not.toContain('secret');
  });
});
