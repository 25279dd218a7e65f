import { TimeZone } from '../../../local/time/time-zone';

const at = (text: string) => Date.parse(`${text}Z`);
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 16));

describe('a time zone', () => {
  it.each<[string, string, string]>([
    ['UTC', '2026-03-08T02:30', '2026-03-08T02:30'],
    ['America/New_York', '2026-01-10T09:00', '2026-01-10T14:00'],
    ['America/New_York', '2026-07-10T09:00', '2026-07-10T13:00'],
    ['Asia/Kolkata', '2026-07-10T09:00', '2026-07-10T03:30'],
    ['Australia/Lord_Howe', '2026-07-10T09:00', '2026-07-09T22:30'],
  ])('of %s shows %s at %s in UTC', (zone, wall, utc) => {
    expect(iso(new TimeZone(zone).momentOf(at(wall)))).toBe(utc);
    expect(iso(new TimeZone(zone).wallAt(at(utc)))).toBe(wall);
  });

  it('has no moment for an hour that is skipped', () => {
    const berlin = new TimeZone('Europe/Berlin');
    expect(berlin.momentOf(at('2026-03-29T02:30'))).toBeUndefined();
    expect(iso(berlin.momentOfOrAfter(at('2026-03-29T02:30')))).toBe('2026-03-29T01:30');
    expect(iso(berlin.momentOf(at('2026-03-29T03:00')))).toBe('2026-03-29T01:00');
  });

  it('takes the first of an hour that is repeated', () => {
    expect(iso(new TimeZone('Europe/Berlin').momentOf(at('2026-10-25T02:30')))).toBe('2026-10-25T00:30');
  });

  it('rejects a name that is none', () => {
    expect(() => new TimeZone('Mars/Olympus')).toThrow(RangeError);
  });
});
