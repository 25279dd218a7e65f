import { DisableAlarmActionsCommand, EnableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch';
import { AlarmAccount } from '../support/alarm-account';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ops';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:page:live';
const ARN = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:a';
let account: AlarmAccount;

beforeEach(async () => {
  account = await AlarmAccount.start();
});

afterEach(() => account.close());

describe('actions', () => {
  it('are those of the state that the alarm comes to', async () => {
    const actions = { AlarmActions: [TOPIC], OKActions: [TOPIC], InsufficientDataActions: [TOPIC] };
    await account.putAlarm(actions);
    await account.statesOver([1, 9, 9, 'x', 'x', 'x']);
    expect(account.subjects).toEqual([
      'OK: "a" in US East (N. Virginia)',
      'ALARM: "a" in US East (N. Virginia)',
      'INSUFFICIENT_DATA: "a" in US East (N. Virginia)',
    ]);
  });

  it('publish what CloudWatch publishes, as CloudWatch, for the alarm', async () => {
    await account.putAlarm({
      AlarmActions: [TOPIC],
      AlarmDescription: 'too much',
      Dimensions: [],
      TreatMissingData: 'notBreaching',
      DatapointsToAlarm: 1,
    });
    await account.statesOver([9]);
    const [publication] = account.sns.calls;
    expect(publication!.call.caller).toMatchObject({ principal: 'cloudwatch.amazonaws.com', sourceArn: ARN });
    expect(publication!.input.TopicArn).toBe(TOPIC);
    expect(JSON.parse(publication!.input.Message)).toEqual({
      AlarmName: 'a',
      AlarmDescription: 'too much',
      AWSAccountId: '000000000000',
      AlarmConfigurationUpdatedTimestamp: '2026-01-01T00:00:00.000+0000',
      NewStateValue: 'ALARM',
      NewStateReason: expect.stringContaining('Threshold Crossed: 1 out of the last 1 datapoints [9.0'),
      StateChangeTime: '2026-01-01T00:01:00.000+0000',
      Region: 'US East (N. Virginia)',
      AlarmArn: ARN,
      OldStateValue: 'INSUFFICIENT_DATA',
      OKActions: [],
      AlarmActions: [TOPIC],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'm',
        Namespace: 'Test',
        StatisticType: 'Statistic',
        Statistic: 'SUM',
        Unit: null,
        Dimensions: [],
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 5,
        TreatMissingData: 'notBreaching',
        EvaluateLowSampleCountPercentile: '',
      },
    });
  });

  it('call functions asynchronously, with the states before and after', async () => {
    await account.putAlarm({ AlarmActions: [FUNCTION] });
    await account.statesOver([1, 9]);
    const [call] = account.lambda.calls;
    expect(call!.call.caller).toMatchObject({ principal: 'lambda.alarms.cloudwatch.amazonaws.com', sourceArn: ARN });
    expect(call!.input).toMatchObject({ FunctionName: FUNCTION, InvocationType: 'Event' });
    expect(JSON.parse(call!.input.Payload)).toMatchObject({
      source: 'aws.cloudwatch',
      alarmArn: ARN,
      accountId: '000000000000',
      time: '2026-01-01T00:02:00.000+0000',
      region: 'us-east-1',
      alarmData: {
        alarmName: 'a',
        state: { value: 'ALARM' },
        previousState: { value: 'OK' },
        configuration: {
          metrics: [
            { metricStat: { metric: { namespace: 'Test', name: 'm', dimensions: {} }, period: 60, stat: 'Sum' } },
          ],
        },
      },
    });
  });

  it('are not carried out while they are switched off', async () => {
    await account.putAlarm({ AlarmActions: [TOPIC], TreatMissingData: 'notBreaching' });
    await account.client.send(new DisableAlarmActionsCommand({ AlarmNames: ['a'] }));
    await account.statesOver([9, 'x', 'x', 'x']);
    expect(account.subjects).toEqual([]);
    await account.client.send(new EnableAlarmActionsCommand({ AlarmNames: ['a'] }));
    await account.statesOver([9]);
    expect(account.subjects).toHaveLength(1);
  });

  it('come with an event for each change of the state and of the configuration', async () => {
    await account.putAlarm({ AlarmDescription: 'too much' });
    await account.statesOver([1, 9]);
    const [, second] = account.details();
    expect(second).toMatchObject({
      alarmName: 'a',
      configuration: { description: 'too much', metrics: [{ metricStat: { stat: 'Sum' }, returnData: true }] },
      previousState: { value: 'OK', timestamp: '2026-01-01T00:01:00.000+0000' },
      state: { value: 'ALARM', timestamp: '2026-01-01T00:02:00.000+0000' },
    });
    const entry = account.events.calls.at(-1)!.input.Entries[0];
    expect(entry).toMatchObject({
      Source: 'aws.cloudwatch',
      Resources: [ARN],
      Time: Date.UTC(2026, 0, 1, 0, 2) / 1000,
    });
    expect(account.details('CloudWatch Alarm Configuration Change')).toMatchObject([{ operation: 'create' }]);
  });

  it('that cannot be carried out are told of', async () => {
    await account.putAlarm({ AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] });
    await account.statesOver([9]);
    expect(account.running.warnings).toEqual([expect.stringMatching(/alarm a could not act .* actions of automate/)]);
  });
});
