import { GetScheduleCommand, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { FUNCTION, ROLE, SchedulerUnderTest } from '../support/scheduler-client';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let aws: SchedulerUnderTest;
const startAt = async (start: string) => {
  aws = new SchedulerUnderTest(start);
  await aws.start();
};
const times = () => aws.payloads().map((payload) => JSON.parse(payload).at.replace(':00Z', 'Z'));
const exists = async (Name: string) =>
  aws.scheduler.send(new GetScheduleCommand({ Name })).then(
    () => true,
    () => false,
  );
afterEach(() => aws.stop());

it('runs hourly schedules over ninety days', async () => {
  await startAt('2026-01-01T00:30:00Z');
  for (let i = 0; i < 10; i++) await aws.create(`s${i}`, 'cron(0 * * * ? *)');
  await aws.clock.turn(90 * DAY_MS);
  expect(aws.payloads()).toHaveLength(10 * 90 * 24);
});

it('begins a rate at once, or at its start, and ends it at its end', async () => {
  await startAt('2026-01-01T00:00:30Z');
  await aws.create('now', 'rate(20 minutes)');
  await aws.clock.turn(45 * MINUTE_MS);
  expect(times()).toEqual(['2026-01-01T00:00:30Z', '2026-01-01T00:20:30Z', '2026-01-01T00:40:30Z']);
  await aws.create('later', 'rate(1 minutes)', {
    StartDate: new Date('2026-01-02T00:00:00Z'),
    EndDate: new Date('2026-01-02T00:02:00Z'),
    Target: { Input: '"later"' },
  });
  await aws.clock.turn(2 * DAY_MS);
  expect(aws.payloads().filter((payload) => payload === '"later"')).toHaveLength(3);
});

it('begins a rate at once though time passes while the schedule is written', async () => {
  await startAt('2026-01-01T00:00:00Z');
  const standing = aws.clock.now.bind(aws.clock);
  let asked = 0;
  aws.clock.now = () => standing() + asked++;
  await aws.create('now', 'rate(1 day)');
  await aws.clock.turn(MINUTE_MS);
  expect(aws.payloads()).toHaveLength(1);
});

it('skips an hour that daylight saving skips, and runs once in one that it repeats', async () => {
  await startAt('2026-03-28T00:00:00Z');
  const zone = { ScheduleExpressionTimezone: 'Europe/Berlin' };
  await aws.create('daily', 'cron(30 2 * * ? *)', zone);
  await aws.clock.turn(3 * DAY_MS);
  expect(times()).toEqual(['2026-03-28T01:30Z', '2026-03-30T00:30Z']);
  await aws.clock.turn(Date.parse('2026-10-24T12:00:00Z') - aws.clock.now());
  const before = times().length;
  await aws.clock.turn(2 * DAY_MS);
  expect(times().slice(before)).toEqual(['2026-10-25T00:30Z', '2026-10-26T01:30Z']);
});

it('runs a one-time schedule by the clock of its zone, and deletes it when asked to', async () => {
  await startAt('2026-01-01T00:00:00Z');
  const zone = { ScheduleExpressionTimezone: 'America/New_York' };
  await aws.create('stays', 'at(2026-01-01T09:00:00)', zone);
  await aws.create('goes', 'at(2026-01-01T10:00:00)', { ...zone, ActionAfterCompletion: 'DELETE' });
  await aws.clock.turn(DAY_MS);
  expect(times()).toEqual(['2026-01-01T14:00Z', '2026-01-01T15:00Z']);
  expect([await exists('stays'), await exists('goes')]).toEqual([true, false]);
});

it('warns of a one-time schedule that has passed, and never runs it', async () => {
  await startAt('2026-01-01T00:00:00Z');
  await aws.create('late', 'at(2025-12-31T23:59:59)');
  await aws.clock.turn(DAY_MS);
  expect(aws.payloads()).toEqual([]);
  expect(aws.running.warnings.join()).toContain('schedule late never runs');
});

it('runs somewhere in a flexible window, and names the time that was scheduled', async () => {
  await startAt('2026-01-01T00:00:01Z');
  const invokedAtMinute: number[] = [];
  aws.invoke = () => {
    invokedAtMinute.push(new Date(aws.clock.now()).getUTCMinutes());
    return {};
  };
  const FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 } as const;
  await aws.create('flexible', 'cron(0 * * * ? *)', { FlexibleTimeWindow });
  await aws.clock.turn(5 * HOUR_MS);
  expect(times().slice(0, 4)).toEqual([1, 2, 3, 4].map((hour) => `2026-01-01T0${hour}:00Z`));
  expect(Math.max(...invokedAtMinute)).toBeLessThan(30);
  expect(new Set(invokedAtMinute).size).toBeGreaterThan(2);
});

it('stops while it is disabled, and starts anew when it is changed', async () => {
  await startAt('2026-01-01T00:00:01Z');
  await aws.create('s', 'cron(0 * * * ? *)');
  const put = (State: 'ENABLED' | 'DISABLED', ScheduleExpression: string) =>
    aws.scheduler.send(
      new UpdateScheduleCommand({
        Name: 's',
        ScheduleExpression,
        State,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: FUNCTION, RoleArn: ROLE, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
      }),
    );
  await aws.clock.turn(HOUR_MS);
  await put('DISABLED', 'cron(0 * * * ? *)');
  await aws.clock.turn(5 * HOUR_MS);
  await put('ENABLED', 'cron(15 * * * ? *)');
  await aws.clock.turn(HOUR_MS);
  expect(times()).toEqual(['2026-01-01T01:00Z', '2026-01-01T06:15Z']);
});
