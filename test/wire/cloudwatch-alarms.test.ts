import { DescribeAlarmHistoryCommand, PutMetricDataCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { AlarmAccount } from '../support/alarm-account';
import { createResource, resourceContext } from '../unit/lambda/inline-function';

const MINUTE_MS = 60_000;
let account: AlarmAccount;

beforeEach(async () => {
  account = await AlarmAccount.start();
});

afterEach(() => account.close());

describe('an alarm', () => {
  it('waits for data, and goes by it at the end of each minute', async () => {
    await account.putAlarm();
    expect(await account.statesOver(['x', 1, 9, 5])).toEqual(['NONE', 'OK', 'ALARM', 'OK']);
  });

  it('sees the last data point for two periods more', async () => {
    await account.putAlarm({ TreatMissingData: 'notBreaching' });
    expect(await account.statesOver([9, 'x', 'x', 'x', 'x'])).toEqual(['ALARM', 'ALARM', 'ALARM', 'OK', 'OK']);
  });

  it.each<[string, string[]]>([
    ['missing', ['ALARM', 'ALARM', 'ALARM', 'NONE']],
    ['ignore', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['breaching', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['notBreaching', ['ALARM', 'ALARM', 'ALARM', 'OK']],
  ])('treats missing data as %s', async (TreatMissingData, states) => {
    await account.putAlarm({ TreatMissingData });
    expect(await account.statesOver([9, 'x', 'x', 'x'])).toEqual(states);
  });

  it('needs M of N', async () => {
    await account.putAlarm({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    expect(await account.statesOver([1, 9, 1, 9, 1, 1])).toEqual(['OK', 'OK', 'OK', 'ALARM', 'OK', 'OK']);
  });

  it('slides over the minutes of a longer period', async () => {
    await account.putAlarm({ Period: 300, Threshold: 10 });
    const states = await account.statesOver([4, 4, 4, 0, 0, 0, 0]);
    expect(states).toEqual(['OK', 'OK', 'ALARM', 'ALARM', 'ALARM', 'OK', 'OK']);
  });

  it('is evaluated every ten seconds when its period is shorter than a minute', async () => {
    await account.putAlarm({ Period: 10 });
    const MetricData = [{ MetricName: 'm', Value: 9, StorageResolution: 1 }];
    await account.client.send(new PutMetricDataCommand({ Namespace: 'Test', MetricData }));
    await account.clock.turn(10_000);
    expect(await account.state()).toBe('ALARM');
  });

  it('is evaluated every hour when it looks at more than a day', async () => {
    await account.putAlarm({ Period: 86_400, EvaluationPeriods: 2, DatapointsToAlarm: 1 });
    await account.clock.turn(2 * MINUTE_MS);
    account.record(9);
    await account.clock.turn(57 * MINUTE_MS);
    expect(await account.state()).toBe('NONE');
    await account.clock.turn(MINUTE_MS);
    expect(await account.state()).toBe('ALARM');
  });

  it('sees what was published late, and what was published ahead of its time', async () => {
    await account.putAlarm();
    await account.clock.turn(10 * MINUTE_MS);
    const put = (minutes: number) => {
      const Timestamp = new Date(account.clock.now() + minutes * MINUTE_MS);
      const MetricData = [{ MetricName: 'm', Value: 9, Timestamp }];
      return account.client.send(new PutMetricDataCommand({ Namespace: 'Test', MetricData }));
    };
    await put(5);
    expect(await account.statesOver(['x', 'x', 'x', 'x', 'x', 'x'])).toEqual([
      'NONE',
      'NONE',
      'NONE',
      'NONE',
      'NONE',
      'ALARM',
    ]);
    await account.clock.turn(10 * MINUTE_MS);
    expect(await account.state()).toBe('NONE');
    await put(-1);
    expect(await account.statesOver(['x'])).toEqual(['ALARM']);
  });

  it('says why, with the data points', async () => {
    await account.putAlarm();
    await account.statesOver([1, 9]);
    const alarm = await account.describe();
    expect(alarm).toMatchObject({
      StateReason:
        'Threshold Crossed: 1 out of the last 1 datapoints [9.0 (01/01/26 00:01:00)] was greater than the threshold (5.0) ' +
        '(minimum 1 datapoint for OK -> ALARM transition).',
      StateUpdatedTimestamp: new Date('2026-01-01T00:02:00Z'),
      StateTransitionedTimestamp: new Date('2026-01-01T00:02:00Z'),
    });
    expect(JSON.parse(alarm.StateReasonData!)).toEqual({
      version: '1.0',
      queryDate: '2026-01-01T00:02:00.000+0000',
      startDate: '2026-01-01T00:01:00.000+0000',
      statistic: 'Sum',
      period: 60,
      recentDatapoints: [9],
      threshold: 5,
      evaluatedDatapoints: [{ timestamp: '2026-01-01T00:01:00.000+0000', sampleCount: 1, value: 9 }],
    });
  });

  it('keeps its state when its configuration is replaced, and is evaluated by the new one', async () => {
    await account.putAlarm({ TreatMissingData: 'ignore' });
    await account.statesOver([9]);
    await account.putAlarm({ TreatMissingData: 'ignore', Threshold: 100 });
    expect(await account.state()).toBe('ALARM');
    expect(await account.statesOver(['x'])).toEqual(['OK']);
  });

  it('comes back to its own state after one that was set by hand', async () => {
    await account.putAlarm({ TreatMissingData: 'notBreaching' });
    await account.statesOver(['x']);
    await account.client.send(new SetAlarmStateCommand({ AlarmName: 'a', StateValue: 'ALARM', StateReason: 'drill' }));
    expect(await account.state()).toBe('ALARM');
    expect(await account.statesOver(['x'])).toEqual(['OK']);
  });
});

describe('an alarm of metric math', () => {
  const stat = (Id: string, MetricName: string) => ({
    Id,
    MetricStat: { Metric: { Namespace: 'Test', MetricName }, Period: 60, Stat: 'Sum' },
    ReturnData: false,
  });
  const math = (Expression: string) => ({
    ...{ Namespace: undefined, MetricName: undefined, Statistic: undefined, Period: undefined },
    Metrics: [stat('errors', 'errors'), stat('calls', 'calls'), { Id: 'rate', Expression }],
    Threshold: 10,
  });

  it('goes by its expression', async () => {
    await account.putAlarm(math('100 * errors / calls'));
    account.record(1, 'errors');
    account.record(20, 'calls');
    expect(await account.statesOver(['x'])).toEqual(['OK']);
    account.record(3, 'errors');
    account.record(20, 'calls');
    expect(await account.statesOver(['x'])).toEqual(['ALARM']);
    expect(JSON.parse((await account.describe()).StateReasonData!).recentDatapoints).toEqual([15]);
  });

  it('fills what is missing when the expression says so', async () => {
    await account.putAlarm({ ...math('FILL(errors, 0) + FILL(calls, 0)'), TreatMissingData: 'breaching' });
    account.record(20, 'calls');
    expect(await account.statesOver(['x', 'x'])).toEqual(['ALARM', 'OK']);
  });

  it.each<[string, RegExp]>([
    ["SEARCH('{Test} m', 'Sum', 60)", /SEARCH is not supported on Metric Alarms/],
    ['ANOMALY_DETECTION_BAND(errors)', /ANOMALY_DETECTION_BAND is not emulated/],
    ['[errors, calls]', /must return a single time series/],
    ['SUM(errors)', /must return a single time series/],
    ['nothing + 1', /names nothing/],
  ])('rejects %s', async (expression, message) => {
    await expect(account.putAlarm(math(expression))).rejects.toThrow(message);
  });
});

describe('PutMetricAlarm', () => {
  it.each<[string, object, RegExp]>([
    ['no period', { Period: undefined }, /Period must not be null/],
    ['a period of one second', { Period: 1 }, /10, 20, 30/],
    ['no comparison', { ComparisonOperator: undefined }, /ComparisonOperator is required/],
    ['anomaly detection', { ComparisonOperator: 'GreaterThanUpperThreshold' }, /anomaly detection/],
    ['more data points than periods', { DatapointsToAlarm: 2 }, /DatapointsToAlarm/],
    ['more than a day of minutes', { EvaluationPeriods: 1441 }, /more than a day/],
    ['more than a week', { Period: 86_400, EvaluationPeriods: 8 }, /more than 7 days/],
    ['another treatment', { TreatMissingData: 'good' }, /TreatMissingData/],
    ['a metric and metric math', { Metrics: [] }, /either MetricName or Metrics/],
    ['two statistics', { ExtendedStatistic: 'p99' }, /either Statistic or ExtendedStatistic/],
    ['a trimmed statistic', { Statistic: undefined, ExtendedStatistic: 'tm99' }, /tm99 is not emulated/],
    ['six actions', { AlarmActions: ['1', '2', '3', '4', '5', '6'] }, /AlarmActions/],
    ['low samples of a simple statistic', { EvaluateLowSampleCountPercentile: 'ignore' }, /ExtendedStatistic alone/],
  ])('rejects %s', async (_, properties, message) => {
    await expect(account.putAlarm(properties)).rejects.toThrow(message);
  });
});

describe('the history', () => {
  const history = async (input: object = {}) => {
    const { AlarmHistoryItems } = await account.client.send(new DescribeAlarmHistoryCommand(input));
    return AlarmHistoryItems!;
  };

  it('has what was configured, how the state changed, and what was done', async () => {
    const topic = 'arn:aws:sns:us-east-1:000000000000:ops';
    await account.putAlarm({ AlarmActions: [topic] });
    await account.statesOver([1, 9]);
    expect((await history({ AlarmName: 'a' })).map(({ HistorySummary }) => HistorySummary)).toEqual([
      `Successfully executed action ${topic}`,
      'Alarm updated from OK to ALARM',
      'Alarm updated from INSUFFICIENT_DATA to OK',
      'Alarm "a" created',
    ]);
    const [update] = await history({ HistoryItemType: 'StateUpdate' });
    expect(JSON.parse(update!.HistoryData!)).toMatchObject({
      oldState: { stateValue: 'OK' },
      newState: { stateValue: 'ALARM', stateReasonData: { recentDatapoints: [9] } },
    });
    const EndDate = new Date('2026-01-01T00:01:30Z');
    expect((await history({ EndDate, ScanBy: 'TimestampAscending' })).length).toBe(2);
  });

  it('is kept for thirty days', async () => {
    await account.putAlarm();
    await account.clock.turn(31 * 86_400_000);
    await account.putAlarm({ AlarmName: 'b' });
    expect((await history()).map(({ AlarmName }) => AlarmName)).toEqual(['b']);
  });
});

it('an alarm is made by CloudFormation', async () => {
  const properties = {
    ...{ Namespace: 'Test', MetricName: 'm', Statistic: 'Sum', Period: 60, Threshold: 5, EvaluationPeriods: 1 },
    ComparisonOperator: 'GreaterThanThreshold',
  };
  await createResource(account.service, 'AWS::CloudWatch::Alarm', properties, resourceContext('Slow'));
  const alarm = await account.describe('test-Slow');
  expect(alarm).toMatchObject({
    ...properties,
    AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:test-Slow',
    StateValue: 'INSUFFICIENT_DATA',
    StateReason: 'Unchecked: Initial alarm creation',
  });
  expect(await account.statesOver([9], 'test-Slow')).toEqual(['ALARM']);
});
