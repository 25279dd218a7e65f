import { type CloudWatch, createCloudWatch, createCloudWatchService } from '../../../local/services/cloudwatch/router';
import { DurableServices } from '../../support/durable-services';
import { recordingService } from '../../support/recording-service';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ops';
const MINUTE_MS = 60_000;
let cloudWatch: CloudWatch;
let answerPublish: () => unknown;
let sns: ReturnType<typeof recordingService>;
let aws: DurableServices;

beforeEach(async () => {
  answerPublish = () => ({ MessageId: 'm' });
  sns = recordingService('sns', { Publish: () => answerPublish() });
  aws = await DurableServices.start((host) => {
    cloudWatch = createCloudWatch(host.kernel, host.journal);
    return [createCloudWatchService(host, cloudWatch), sns];
  });
});

afterEach(() => aws.close());

const put = (AlarmName: string, properties: object = {}) =>
  aws.call('monitoring', 'PutMetricAlarm', {
    ...{ AlarmName, Namespace: 'Test', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1 },
    ...{ Threshold: 5, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TOPIC] },
    ...properties,
  });

const state = async (name: string) => {
  const input = { AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
  const { MetricAlarms, CompositeAlarms } = await aws.call('monitoring', 'DescribeAlarms', input);
  return [...MetricAlarms, ...CompositeAlarms][0].StateValue;
};

const raise = (AlarmName: string) =>
  aws.call('monitoring', 'SetAlarmState', { AlarmName, StateValue: 'ALARM', StateReason: 'drill' });

describe('alarms outlive the process', () => {
  it('with their states and their history, and are evaluated on', async () => {
    await put('a', { TreatMissingData: 'ignore' });
    cloudWatch.record('Test', 'm', {}, 9);
    await aws.turn(MINUTE_MS);
    const history = () => aws.call('monitoring', 'DescribeAlarmHistory', {});
    const before = await history();
    await aws.restart();
    expect(await state('a')).toBe('ALARM');
    expect(await history()).toEqual(before);
    cloudWatch.record('Test', 'm', {}, 1);
    await aws.turn(MINUTE_MS);
    expect(await state('a')).toBe('OK');
    expect(sns.calls).toHaveLength(1);
  });

  it('with an action that was under way, which is begun again', async () => {
    answerPublish = () => new Promise(() => undefined);
    await put('a', { TreatMissingData: 'breaching' });
    await aws.turn(MINUTE_MS);
    expect(sns.calls).toHaveLength(1);
    answerPublish = () => ({ MessageId: 'm' });
    await aws.restart();
    await aws.turn(0);
    expect(sns.calls.map(({ input }) => input.TopicArn)).toEqual([TOPIC, TOPIC]);
    await aws.restart();
    expect(sns.calls).toHaveLength(2);
  });

  it('with actions that a suppressor holds back, which are carried out when its time is up', async () => {
    for (const name of ['a', 'quiet']) await put(name, { TreatMissingData: 'ignore', AlarmActions: [] });
    await aws.call('monitoring', 'PutCompositeAlarm', {
      ...{ AlarmName: 'c', AlarmRule: 'ALARM(a)', AlarmActions: [TOPIC] },
      ...{ ActionsSuppressor: 'quiet', ActionsSuppressorWaitPeriod: 120, ActionsSuppressorExtensionPeriod: 0 },
    });
    await raise('a');
    await aws.turn(MINUTE_MS);
    await aws.restart();
    expect(sns.calls).toHaveLength(0);
    await aws.turn(MINUTE_MS);
    expect(sns.calls).toHaveLength(1);
  });

  it('with actions that a rule mutes, which are carried out when its window is over', async () => {
    await put('a', { TreatMissingData: 'ignore' });
    await aws.call('monitoring', 'PutAlarmMuteRule', {
      Name: 'now',
      Rule: { Schedule: { Expression: 'at(2026-01-01T00:00)', Duration: 'PT1H' } },
      MuteTargets: { AlarmNames: ['a'] },
    });
    await raise('a');
    await aws.restart();
    expect(sns.calls).toHaveLength(0);
    await aws.turn(60 * MINUTE_MS);
    expect(sns.calls).toHaveLength(1);
  });
});
