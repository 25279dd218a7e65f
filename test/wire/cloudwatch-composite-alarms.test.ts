import {
  DeleteAlarmsCommand,
  PutCompositeAlarmCommand,
  type PutCompositeAlarmInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { AlarmAccount } from '../support/alarm-account';
import { createResource, resourceContext } from '../unit/lambda/inline-function';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ops';
const ARN = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm';
let account: AlarmAccount;

beforeEach(async () => {
  account = await AlarmAccount.start();
  for (const AlarmName of ['a', 'b', 'maintenance']) await account.putAlarm({ AlarmName, TreatMissingData: 'ignore' });
});

afterEach(() => account.close());

const put = (AlarmName: string, AlarmRule: string, more: Partial<PutCompositeAlarmInput> = {}) =>
  account.client.send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule, AlarmActions: [TOPIC], ...more }));

const set = (AlarmName: string, StateValue: 'OK' | 'ALARM') =>
  account.client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'drill' }));

const turn = (seconds: number) => account.clock.turn(seconds * 1000);

describe('a composite alarm', () => {
  it('goes by the states of its alarms, and says which one changed', async () => {
    await put('both', 'ALARM(a) AND ALARM("b")');
    expect(await account.describe('both')).toMatchObject({
      StateValue: 'OK',
      StateReason: `${ARN}:both was created and its alarm rule evaluates to OK`,
    });
    await set('a', 'ALARM');
    expect(await account.state('both')).toBe('OK');
    await set('b', 'ALARM');
    const both = await account.describe('both');
    expect(both).toMatchObject({
      StateValue: 'ALARM',
      StateReason: `${ARN}:b transitioned to ALARM at Thursday 01 January, 2026 00:00:00 UTC`,
    });
    expect(JSON.parse(both.StateReasonData!)).toEqual({
      triggeringAlarms: [{ arn: `${ARN}:b`, state: { value: 'ALARM', timestamp: '2026-01-01T00:00:00.000+0000' } }],
    });
    await set('a', 'OK');
    expect(await account.state('both')).toBe('OK');
  });

  it('publishes its rule and the alarm that set it off', async () => {
    await put('either', 'ALARM(a) OR ALARM(b)');
    await set('a', 'ALARM');
    expect(account.subjects).toEqual(['ALARM: "either" in US East (N. Virginia)']);
    expect(JSON.parse(account.sns.calls[0]!.input.Message)).toMatchObject({
      AlarmName: 'either',
      OldStateValue: 'OK',
      NewStateValue: 'ALARM',
      AlarmRule: 'ALARM(a) OR ALARM(b)',
      TriggeringChildren: [{ Arn: `${ARN}:a`, State: { Value: 'ALARM' } }],
    });
  });

  it('names its alarms by ARN, and composite alarms too', async () => {
    await put('inner', `ALARM("${ARN}:a")`);
    await put('outer', 'NOT OK(inner)');
    await set('a', 'ALARM');
    expect([await account.state('inner'), await account.state('outer')]).toEqual(['ALARM', 'ALARM']);
  });

  it('is evaluated anew when its rule is replaced', async () => {
    await put('c', 'ALARM(a)');
    await put('c', 'TRUE');
    expect(await account.describe('c')).toMatchObject({
      StateValue: 'ALARM',
      StateReason: `${ARN}:c was updated and its alarm rule evaluates to ALARM`,
    });
  });

  it('keeps the alarms that it names from being deleted', async () => {
    await put('c', 'ALARM(a)');
    await expect(account.client.send(new DeleteAlarmsCommand({ AlarmNames: ['a'] }))).rejects.toThrow(
      'Cannot delete a as there are composite alarm(s) depending on it.',
    );
    await account.client.send(new DeleteAlarmsCommand({ AlarmNames: ['a', 'c'] }));
    expect((await account.describe('a')).AlarmName).toBeUndefined();
  });

  it('in a circle is not evaluated around it, and cannot be deleted until the circle is broken', async () => {
    await put('one', 'ALARM(a)');
    await put('two', 'ALARM(one)');
    await put('one', 'ALARM(a) OR NOT ALARM(two)');
    expect([await account.state('one'), await account.state('two')]).toEqual(['ALARM', 'ALARM']);
    await expect(account.client.send(new DeleteAlarmsCommand({ AlarmNames: ['one'] }))).rejects.toThrow(
      /depending on it/,
    );
    await put('one', 'FALSE');
    await account.client.send(new DeleteAlarmsCommand({ AlarmNames: ['two'] }));
  });

  it.each<[string, string, Partial<PutCompositeAlarmInput>, RegExp]>([
    ['an alarm that is not there', 'ALARM(gone)', {}, /alarms \[gone\] in the alarm rule do not exist/],
    ['a rule that is none', 'ALARM(a', {}, /Error in AlarmRule/],
    ['a suppressor without periods', 'ALARM(a)', { ActionsSuppressor: 'b' }, /are required when ActionsSuppressor/],
    [
      'a suppressor that is not there',
      'ALARM(a)',
      { ActionsSuppressor: 'gone', ActionsSuppressorWaitPeriod: 1, ActionsSuppressorExtensionPeriod: 1 },
      /gone in ActionsSuppressor does not exist/,
    ],
  ])('rejects %s', async (_, rule, more, message) => {
    await expect(put('c', rule, more)).rejects.toThrow(message);
  });

  it('is made by CloudFormation', async () => {
    const properties = { AlarmRule: 'ALARM(a)', AlarmActions: [TOPIC] };
    await createResource(account.service, 'AWS::CloudWatch::CompositeAlarm', properties, resourceContext('C'));
    await set('a', 'ALARM');
    expect(await account.state('test-C')).toBe('ALARM');
  });
});

describe('a suppressor', () => {
  beforeEach(() =>
    put('c', 'ALARM(a)', {
      OKActions: [TOPIC],
      ActionsSuppressor: 'maintenance',
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 30,
    }).then(async () => {
      await turn(60);
      account.sns.calls.length = 0;
    }),
  );

  const suppressedBy = async () => (await account.describe('c')).ActionsSuppressedBy;

  it('is waited for, then the alarm acts', async () => {
    await set('a', 'ALARM');
    expect([await account.state('c'), await suppressedBy()]).toEqual(['ALARM', 'WaitPeriod']);
    await turn(59);
    expect(account.subjects).toEqual([]);
    await turn(1);
    expect(account.subjects).toEqual(['ALARM: "c" in US East (N. Virginia)']);
    expect(await suppressedBy()).toBeUndefined();
  });

  it('that comes in time holds the actions back until it has been gone for a while', async () => {
    await set('a', 'ALARM');
    await turn(30);
    await set('maintenance', 'ALARM');
    expect(await suppressedBy()).toBe('Alarm');
    await turn(600);
    await set('maintenance', 'OK');
    expect(await suppressedBy()).toBe('ExtensionPeriod');
    await turn(29);
    expect(account.subjects).toEqual([]);
    await turn(1);
    expect(account.subjects).toEqual(['ALARM: "c" in US East (N. Virginia)']);
  });

  it('leaves nothing to be done for an alarm that is over by then', async () => {
    await set('maintenance', 'ALARM');
    await set('a', 'ALARM');
    await set('a', 'OK');
    await set('maintenance', 'OK');
    await turn(60);
    expect([await account.state('c'), account.subjects]).toEqual(['OK', []]);
  });

  it('is told of in the event', async () => {
    await set('a', 'ALARM');
    await turn(60);
    const states = account.details().filter(({ alarmName }) => alarmName === 'c');
    expect(states.map(({ state }) => [state.value, state.actionsSuppressedBy])).toEqual([
      ['OK', 'WaitPeriod'],
      ['OK', undefined],
      ['ALARM', 'WaitPeriod'],
      ['ALARM', undefined],
    ]);
  });
});
