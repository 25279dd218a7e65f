import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createCloudWatch, createCloudWatchService } from '../../local/services/cloudwatch/router';
import { createIamServices } from '../../local/services/iam/router';
import { createKmsService } from '../../local/services/kms/router';
import { createSnsService } from '../../local/services/sns/router';
import { administrator, Gateway } from '../../local/wire/gateway';
import { ACCOUNT, keyPolicy, policy } from '../support/kms-account';

const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:ops`;
const ARN = `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:a`;
const CLOUDWATCH = { Service: 'cloudwatch.amazonaws.com' };

let clock: SimulatedClock;
let gateway: Gateway;
let warnings: string[];

beforeEach(() => {
  clock = new SimulatedClock();
  warnings = [];
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) }, warn: (line) => warnings.push(line) });
  gateway.boundTo('http://127.0.0.1:4566');
  const { iam, sts, authorizer } = createIamServices(gateway);
  gateway.useAuthorizer(authorizer);
  const cloudWatch = createCloudWatchService(gateway, createCloudWatch(gateway.kernel));
  gateway.register(iam, sts, createKmsService(gateway), createSnsService(gateway), cloudWatch);
});

const call = (service: string, action: string, input: object) =>
  gateway.call(administrator(ACCOUNT), service, action, input);

const setTopic = (AttributeName: string, AttributeValue: string) =>
  call('sns', 'SetTopicAttributes', { TopicArn: TOPIC, AttributeName, AttributeValue });

const publishStatement = (condition: object) => ({
  Effect: 'Allow',
  Principal: CLOUDWATCH,
  Action: 'sns:Publish',
  Resource: TOPIC,
  Condition: condition,
});

/** Raises an alarm that publishes to the topic, and gives what its history says of that. */
async function raise(): Promise<string> {
  await call('monitoring', 'PutMetricAlarm', {
    ...{ AlarmName: 'a', Namespace: 'Test', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1 },
    ...{ Threshold: 5, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TOPIC] },
    TreatMissingData: 'breaching',
  });
  await clock.turn(60_000);
  const input = { AlarmName: 'a', HistoryItemType: 'Action' };
  const { AlarmHistoryItems } = await call('monitoring', 'DescribeAlarmHistory', input);
  expect(AlarmHistoryItems).toHaveLength(1);
  return AlarmHistoryItems[0].HistorySummary;
}

describe('a topic', () => {
  beforeEach(() => call('sns', 'CreateTopic', { Name: 'ops' }));

  it('with the default policy takes what alarms of its account publish', async () => {
    expect(await raise()).toBe(`Successfully executed action ${TOPIC}`);
    expect(warnings).toEqual([]);
  });

  it.each<[string, object]>([
    ['the account', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }],
    ['the alarm', { ArnLike: { 'aws:SourceArn': ARN } }],
  ])('whose policy admits %s takes it', async (_, condition) => {
    await setTopic('Policy', JSON.stringify(policy(publishStatement(condition))));
    expect(await raise()).toBe(`Successfully executed action ${TOPIC}`);
  });

  it('whose policy admits another alarm rejects it, and that is said aloud', async () => {
    const condition = { ArnLike: { 'aws:SourceArn': `${ARN}-other` } };
    await setTopic('Policy', JSON.stringify(policy(publishStatement(condition))));
    expect(await raise()).toBe(
      `Failed to execute action ${TOPIC}. Received error: "Resource: ${ARN} is not authorized to perform: SNS:Publish on ` +
        `resource: ${TOPIC} because no resource-based policy allows the SNS:Publish action"`,
    );
    expect(warnings).toEqual([expect.stringMatching(/alarm a could not act on .*:ops/)]);
  });

  it.each<[string, object[], RegExp]>([
    [
      'takes it when the key admits CloudWatch',
      [{ Effect: 'Allow', Principal: CLOUDWATCH, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' }],
      /^Successfully/,
    ],
    [
      'rejects it otherwise',
      [],
      /CloudWatch Alarms does not have authorization to access the SNS topic encryption key/,
    ],
  ])('with a key %s', async (_, statements, summary) => {
    const { KeyMetadata } = await call('kms', 'CreateKey', { Policy: keyPolicy(...statements) });
    await setTopic('KmsMasterKeyId', KeyMetadata.KeyId);
    expect(await raise()).toMatch(summary);
  });
});
