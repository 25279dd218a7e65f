import { checkSchedule, muteStatus, windowAt } from '../../../local/services/cloudwatch/alarms/mute-window';
import type { MuteRule } from '../../../local/services/cloudwatch/model';

const at = (text: string) => Date.parse(`${text}Z`);

const rule = (expression: string, duration: string, more: Partial<MuteRule> = {}): MuteRule => ({
  ...{ name: 'r', arn: 'arn', expression, duration, alarmNames: [], createdMs: 0, updatedMs: 0, muted: {} },
  ...more,
});

describe('a window', () => {
  it.each<[string, MuteRule, string, string | undefined]>([
    ['before its start', rule('cron(0 2 * * *)', 'PT4H'), '2026-01-05T01:59', undefined],
    ['at its start', rule('cron(0 2 * * *)', 'PT4H'), '2026-01-05T02:00', '2026-01-05T06:00'],
    ['at its end', rule('cron(0 2 * * *)', 'PT4H'), '2026-01-05T06:00', undefined],
    ['of days', rule('cron(0 18 * * FRI)', 'P2DT12H'), '2026-01-04T12:00', '2026-01-05T06:00'],
    ['of a day of the month', rule('cron(0 1 1 * *)', 'PT6H'), '2026-02-01T03:00', '2026-02-01T07:00'],
    ['once', rule('at(2026-01-05T14:00)', 'PT1H'), '2026-01-05T14:30', '2026-01-05T15:00'],
    ['once, when it is over', rule('at(2026-01-05T14:00)', 'PT1H'), '2026-01-05T15:30', undefined],
    [
      'of another time zone',
      rule('cron(0 2 * * *)', 'PT1H', { timezone: 'America/New_York' }),
      '2026-01-05T07:30',
      '2026-01-05T08:00',
    ],
    [
      'cut short by its expiry',
      rule('cron(0 2 * * *)', 'PT4H', { expireMs: at('2026-01-05T03:00') }),
      '2026-01-05T02:30',
      '2026-01-05T03:00',
    ],
    [
      'that is not in force yet',
      rule('cron(0 2 * * *)', 'PT4H', { startMs: at('2026-01-06T00:00') }),
      '2026-01-05T02:30',
      undefined,
    ],
  ])('%s', (_, of, now, end) => {
    expect(windowAt(of, at(now))?.endMs).toBe(end && at(end));
  });
});

it.each<[string, string, string]>([
  ['2026-01-05T13:00', 'at(2026-01-05T14:00)', 'SCHEDULED'],
  ['2026-01-05T14:00', 'at(2026-01-05T14:00)', 'ACTIVE'],
  ['2026-01-05T16:00', 'at(2026-01-05T14:00)', 'EXPIRED'],
  ['2026-01-05T16:00', 'cron(0 2 * * *)', 'SCHEDULED'],
])('at %s the rule of %s is %s', (now, expression, status) => {
  expect(muteStatus(rule(expression, 'PT1H'), at(now))).toBe(status);
});

it.each<[string, string, string | undefined, RegExp]>([
  ['rate(1 day)', 'PT1H', undefined, /schedule expression/],
  ['cron(0 2 * *)', 'PT1H', undefined, /schedule expression/],
  ['cron(0 2 * * *)', 'PT30S', undefined, /duration/],
  ['cron(0 2 * * *)', 'P16D', undefined, /duration/],
  ['cron(0 2 * * *)', 'PT1H', 'Moon/Base', /time zone/],
])('rejects the schedule %s, %s, %s', (expression, duration, timezone, message) => {
  expect(() => checkSchedule({ expression, duration, timezone })).toThrow(message);
});
