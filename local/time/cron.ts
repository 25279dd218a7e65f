/**
 * Owns AWS's cron expressions of six fields: minutes, hours, day of month, month, day of week, year. Pure, and without a
 * time zone: times are those of a wall clock, in milliseconds as though the wall stood in UTC.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */

/** Gives the first time after `afterMs`, to the minute, or undefined when there is none. */
export type CronTimes = (afterMs: number) => number | undefined;

type DayTest = (day: Date) => boolean;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** Reads what stands between the parentheses of `cron(…)`; undefined for what AWS does not take. */
export function parseCron(content: string): CronTimes | undefined {
  const fields = content.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const minutes = parseField(minute!, 0, 59);
  const hours = parseField(hour!, 0, 23);
  const months = parseField(named(month!, MONTHS), 1, 12);
  const years = parseField(year!, FIRST_YEAR, LAST_YEAR);
  const isDay = dayOfMonth === '?' ? anyOf(named(dayOfWeek!, DAYS), weekDay) : anyOf(dayOfMonth!, monthDay);
  if (!minutes || !hours || !months || !years || !isDay) return undefined;
  const timesOfDay = inOrder(hours).flatMap((h) => inOrder(minutes).map((m) => h * HOUR_MS + m * MINUTE_MS));
  return (afterMs) => {
    let day = new Date(Math.floor(afterMs / DAY_MS) * DAY_MS);
    for (; day.getUTCFullYear() <= LAST_YEAR; day = new Date(day.getTime() + DAY_MS)) {
      if (!years.has(day.getUTCFullYear()) || !months.has(day.getUTCMonth() + 1) || !isDay(day)) continue;
      const time = timesOfDay.find((candidate) => day.getTime() + candidate > afterMs);
      if (time !== undefined) return day.getTime() + time;
    }
    return undefined;
  };
}

function inOrder(values: ReadonlySet<number>): number[] {
  return [...values].sort((a, b) => a - b);
}

function named(field: string, names: readonly string[]): string {
  return field.replace(/[A-Za-z]{3}/g, (name) => {
    const index = names.indexOf(name.toUpperCase());
    return index < 0 ? name : String(index + 1);
  });
}

/** `*`, `5`, `1,3`, `1-5`, `0/15`, `10-20/2`: the values that are meant. */
function parseField(field: string, least: number, most: number): ReadonlySet<number> | undefined {
  const accepted = new Set<number>();
  for (const part of field.split(',')) {
    const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
    if (from === undefined || (from === '*' && to !== undefined) || (step !== undefined && Number(step) === 0)) {
      return undefined;
    }
    const first = from === '*' ? least : Number(from);
    const last = to !== undefined ? Number(to) : from === '*' || step !== undefined ? most : first;
    if (first < least || last > most || first > last) return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) accepted.add(value);
  }
  return accepted;
}

/** A day that one part of a list means. */
function anyOf(field: string, read: (part: string) => DayTest | undefined): DayTest | undefined {
  const tests = field.split(',').map(read);
  return tests.every((test) => test !== undefined) ? (day) => tests.some((test) => test!(day)) : undefined;
}

/** Days of the month: numbers, `L` for the last, `15W` for the weekday nearest to the 15th, `LW` for the last weekday. */
function monthDay(part: string): DayTest | undefined {
  if (part === 'L') return (day) => day.getUTCDate() === daysInMonth(day);
  if (part === 'LW') return (day) => day.getUTCDate() === nearestWeekday(day, daysInMonth(day));
  const [, digits] = /^(\d+)W$/.exec(part) ?? [];
  if (digits !== undefined) {
    const wanted = Number(digits);
    return wanted < 1 || wanted > 31 ? undefined : (day) => day.getUTCDate() === nearestWeekday(day, wanted);
  }
  const accepted = parseField(part, 1, 31);
  return accepted && ((day) => accepted.has(day.getUTCDate()));
}

/** Days of the week, 1 is Sunday: numbers, `6L` for the last Friday, `6#3` for the third, `L` for Saturday. */
function weekDay(part: string): DayTest | undefined {
  const [, digit, isLast, nth] = /^([1-7])(?:(L)|#([1-5]))$/.exec(part) ?? [];
  if (digit !== undefined) {
    return (day) => {
      if (day.getUTCDay() + 1 !== Number(digit)) return false;
      return isLast ? day.getUTCDate() + 7 > daysInMonth(day) : Math.ceil(day.getUTCDate() / 7) === Number(nth);
    };
  }
  const accepted = parseField(part === 'L' ? '7' : part, 1, 7);
  return accepted && ((day) => accepted.has(day.getUTCDay() + 1));
}

function daysInMonth(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The weekday nearest to a date, in the same month. */
function nearestWeekday(day: Date, wanted: number): number {
  const last = daysInMonth(day);
  const date = Math.min(wanted, last);
  const dayOfWeek = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (dayOfWeek === 6) return date === 1 ? 3 : date - 1;
  if (dayOfWeek === 0) return date === last ? date - 2 : date + 1;
  return date;
}
