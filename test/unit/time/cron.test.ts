import { parseCron } from '../../../local/time/cron';

const next = (content: string, after: string) => {
  const ms = parseCron(content)!(Date.parse(`${after}Z`));
  return ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 16);
};

describe('a cron expression', () => {
  it.each<[string, string, string]>([
    ['0-15/5 8-8 ? * 2,3,4 *', '2026-01-02T00:00', '2026-01-05T08:00'],
    ['0 9 1,15,L * ? *', '2026-01-15T09:00', '2026-01-31T09:00'],
    ['0 9 LW * ? *', '2026-01-01T00:00', '2026-01-30T09:00'],
    ['0 9 ? * MON#1,FRIL *', '2026-01-05T09:00', '2026-01-30T09:00'],
    ['0 9 ? * L *', '2026-01-01T00:00', '2026-01-03T09:00'],
    ['0 9 1W 8 ? *', '2026-01-01T00:00', '2026-08-03T09:00'],
    ['59 23 31 DEC ? 2026-2030/2', '2027-01-01T00:00', '2028-12-31T23:59'],
  ])('of %s comes next after %s at %s', (content, after, expected) => {
    expect(next(content, after)).toBe(expected);
  });

  it.each(['0 9 ? * 8 *', '0 9 32W * ? *', '0 9 ? * 6#6 *', '0 9 1,X * ? *', '0/0 * * * ? *', '0 9 ? * MON-SUN *'])(
    'of %s is rejected',
    (content) => {
      expect(parseCron(content)).toBeUndefined();
    },
  );
});
