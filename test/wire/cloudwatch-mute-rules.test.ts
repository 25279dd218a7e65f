import {
  DeleteAlarmMuteRuleCommand,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
  PutAlarmMuteRuleCommand,
} from '@aws-sdk/client-cloudwatch';
import { AlarmAccount } from '../support/alarm-account';
import { createResource, resourceContext } from '../unit/lambda/inline-function';

const HOUR_MS = 3_600_000;
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ops';
const RULE_ARN = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm-mute-rule:night';
let account: AlarmAccount;

beforeEach(async () => {
  account = await AlarmAccount.start();
  await account.putAlarm({ AlarmActions: [TOPIC], OKActions: [TOPIC], TreatMissingData: 'ignore' });
  await account.statesOver([1]);
  account.sns.calls.length = 0;
});

afterEach(() => account.close());

const put = () =>
  account.client.send(
    new PutAlarmMuteRuleCommand({
      Name: 'night',
      Rule: { Schedule: { Expression: 'cron(0 1 * * *)', Duration: 'PT2H' } },
      MuteTargets: { AlarmNames: ['a'] },
    }),
  );

const status = async () => {
  const { Status } = await account.client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' }));
  return Status;
};

describe('a mute rule', () => {
  it('holds actions back while its window lasts; an alarm that is still raised acts at its end', async () => {
    await put();
    expect(await status()).toBe('SCHEDULED');
    await account.clock.turn(1.5 * HOUR_MS);
    expect(await status()).toBe('ACTIVE');
    expect(await account.statesOver([9])).toEqual(['ALARM']);
    expect(account.subjects).toEqual([]);
    await account.clock.turn(2 * HOUR_MS);
    expect(account.subjects).toEqual(['ALARM: "a" in US East (N. Virginia)']);
  });

  it('leaves nothing to be done for an alarm that is over at its end', async () => {
    await put();
    await account.clock.turn(1.5 * HOUR_MS);
    expect(await account.statesOver([9, 1])).toEqual(['ALARM', 'OK']);
    await account.clock.turn(2 * HOUR_MS);
    expect(account.subjects).toEqual([]);
  });

  it('does nothing outside its windows', async () => {
    await put();
    await account.statesOver([9]);
    expect(account.subjects).toHaveLength(1);
  });

  it('lets go at once when it is deleted', async () => {
    await put();
    await account.clock.turn(1.5 * HOUR_MS);
    await account.statesOver([9]);
    await account.client.send(new DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' }));
    await account.client.send(new DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' }));
    expect(account.subjects).toHaveLength(1);
    await expect(status()).rejects.toThrow(/alarm-mute-rule:night/);
  });

  it('is listed and described', async () => {
    await put();
    const { AlarmMuteRuleSummaries } = await account.client.send(new ListAlarmMuteRulesCommand({ AlarmName: 'a' }));
    expect(AlarmMuteRuleSummaries).toMatchObject([{ AlarmMuteRuleArn: RULE_ARN, MuteType: 'RECURRING' }]);
    const none = await account.client.send(new ListAlarmMuteRulesCommand({ AlarmName: 'b' }));
    expect(none.AlarmMuteRuleSummaries).toEqual([]);
  });

  it('is made by CloudFormation, with times of its zone', async () => {
    const properties = {
      Name: 'night',
      Rule: { Schedule: { Expression: 'at(2026-03-01T10:00)', Duration: 'PT1H', Timezone: 'Europe/Berlin' } },
      MuteTargets: { AlarmNames: ['a'] },
      ExpireDate: '2026-03-02T00:00',
    };
    await createResource(account.service, 'AWS::CloudWatch::AlarmMuteRule', properties, resourceContext('Night'));
    const rule = await account.client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' }));
    expect(rule).toMatchObject({ MuteType: 'ONE_TIME', ExpireDate: new Date('2026-03-01T23:00:00Z') });
  });
});
