import { parseSchedule } from '../../../local/services/eventbridge/schedule';

const next = (expression: string, after: string, start = after) => {
  const atMs = parseSchedule(expression)(Date.parse(after), Date.parse(start));
  return atMs === undefined ? undefined : new Date(atMs).toISOString();
};

describe('schedule expressions', () => {
  it.each<[string, string, string]>([
    ['rate(5 minutes)', '2026-01-01T00:00:30Z', '2026-01-01T00:05:30.000Z'],
    ['rate(1 day)', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00.000Z'],
    ['cron(0 12 * * ? *)', '2026-01-01T12:00:00Z', '2026-01-02T12:00:00.000Z'],
    ['cron(15 10 ? * MON-FRI *)', '2026-01-02T11:00:00Z', '2026-01-05T10:15:00.000Z'],
    ['cron(0/10 * ? * * *)', '2026-01-01T00:01:00Z', '2026-01-01T00:10:00.000Z'],
    ['cron(0 8 1 * ? *)', '2026-01-01T08:00:00Z', '2026-02-01T08:00:00.000Z'],
    ['cron(0 0 L * ? *)', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00.000Z'],
    ['cron(0 0 15W * ? *)', '2026-02-01T00:00:00Z', '2026-02-16T00:00:00.000Z'],
    ['cron(0 9 ? * 6#3 *)', '2026-01-01T00:00:00Z', '2026-01-16T09:00:00.000Z'],
    ['cron(0 9 ? * 6L *)', '2026-01-01T00:00:00Z', '2026-01-30T09:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['cron(0 0 1 JAN ? 2030)', '2026-01-01T00:00:00Z', '2030-01-01T00:00:00.000Z'],
  ])('%s comes next after %s at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it('keeps the rhythm of a rate from its start', () => {
    expect(next('rate(1 hour)', '2026-01-01T05:10:00Z', '2026-01-01T00:30:00Z')).toBe('2026-01-01T05:30:00.000Z');
  });

  it('has no next time after the last year', () => {
    expect(next('cron(0 0 1 1 ? 2020)', '2026-01-01T00:00:00Z')).toBeUndefined();
  });

  it.each([
    'rate(1 minutes)',
    'rate(2 minute)',
    'rate(0 minutes)',
    'rate(5 seconds)',
    'cron(0 12 * * * *)',
    'cron(0 12 ? * ? *)',
    'cron(60 * * * ? *)',
    'cron(0 12 * *)',
    'every day',
  ])('rejects %s', (expression) => {
    expect(() => parseSchedule(expression)).toThrow('Parameter ScheduleExpression is not valid.');
  });
});
