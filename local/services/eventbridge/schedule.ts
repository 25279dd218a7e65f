/**
 * Owns schedule expressions: `rate(5 minutes)` and `cron(0 12 * * ? *)`, in UTC. Pure.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
import { validation } from './faults';

/** Gives the first time after `afterMs` (milliseconds since the epoch), or undefined when there is none. */
export type Schedule = (afterMs: number, startMs: number) => number | undefined;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const UNITS: Record<string, number> = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: DAY_MS };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const LAST_YEAR = 2199;

/** Throws ValidationException as AWS does. */
export function parseSchedule(expression: string): Schedule {
  const [, kind, content = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const schedule = kind === 'rate' ? parseRate(content) : kind === 'cron' ? parseCron(content) : undefined;
  if (!schedule) throw validation('Parameter ScheduleExpression is not valid.');
  return schedule;
}

function parseRate(content: string): Schedule | undefined {
  const [, digits, unit, plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(content) ?? [];
  const count = Number(digits);
  // AWS wants `1 minute` and `2 minutes`, and refuses the rest.
  if (!unit || count < 1 || (count === 1) !== (plural === '')) return undefined;
  const periodMs = count * UNITS[unit]!;
  return (afterMs, startMs) => startMs + (Math.floor((afterMs - startMs) / periodMs) + 1) * periodMs;
}

function parseCron(content: string): Schedule | undefined {
  const fields = content.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const minutes = parseField(minute!, 0, 59);
  const hours = parseField(hour!, 0, 23);
  const months = parseField(named(month!, MONTHS), 1, 12);
  const years = parseField(year!, 1970, LAST_YEAR);
  const isDay = dayOfMonth === '?' ? weekDays(dayOfWeek!) : monthDays(dayOfMonth!);
  if (!minutes || !hours || !months || !years || !isDay) return undefined;
  return (afterMs) => {
    const startMs = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
    let day = new Date(Math.floor(startMs / DAY_MS) * DAY_MS);
    for (; day.getUTCFullYear() <= LAST_YEAR; day = new Date(day.getTime() + DAY_MS)) {
      if (!years(day.getUTCFullYear()) || !months(day.getUTCMonth() + 1) || !isDay(day)) continue;
      for (let ms = Math.max(day.getTime(), startMs); ms < day.getTime() + DAY_MS; ms += MINUTE_MS) {
        const at = new Date(ms);
        if (hours(at.getUTCHours()) && minutes(at.getUTCMinutes())) return ms;
      }
    }
    return undefined;
  };
}

function named(field: string, names: string[]): string {
  return field.replace(/[A-Za-z]{3}/g, (name) => {
    const index = names.indexOf(name.toUpperCase());
    return index < 0 ? name : String(index + 1);
  });
}

/** `*`, `5`, `1,3`, `1-5`, `0/15`, `10-20/2`. */
function parseField(field: string, least: number, most: number): ((value: number) => boolean) | undefined {
  const accepted = new Set<number>();
  for (const part of field.split(',')) {
    const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
    if (from === undefined || (from === '*' && to !== undefined) || step === '0') return undefined;
    const first = from === '*' ? least : Number(from);
    const last = to !== undefined ? Number(to) : from === '*' || step !== undefined ? most : first;
    if (first < least || last > most || first > last) return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) accepted.add(value);
  }
  return (value) => accepted.has(value);
}

/** Days of the month: numbers, `L` for the last, `15W` for the weekday nearest to the 15th. */
function monthDays(field: string): ((day: Date) => boolean) | undefined {
  if (field === 'L') return (day) => day.getUTCDate() === daysInMonth(day);
  const [, digits] = /^(\d+)W$/.exec(field) ?? [];
  if (digits !== undefined) {
    const wanted = Number(digits);
    return wanted < 1 || wanted > 31 ? undefined : (day) => day.getUTCDate() === nearestWeekday(day, wanted);
  }
  const accepts = parseField(field, 1, 31);
  return accepts && ((day) => accepts(day.getUTCDate()));
}

/** Days of the week, 1 is Sunday: numbers, names, `6L` for the last Friday, `6#3` for the third. */
function weekDays(field: string): ((day: Date) => boolean) | undefined {
  const numeric = named(field, DAYS);
  const [, weekDay, isLast, nth] = /^([1-7])(?:(L)|#([1-5]))$/.exec(numeric) ?? [];
  if (weekDay !== undefined) {
    return (day) => {
      if (day.getUTCDay() + 1 !== Number(weekDay)) return false;
      return isLast ? day.getUTCDate() + 7 > daysInMonth(day) : Math.ceil(day.getUTCDate() / 7) === Number(nth);
    };
  }
  const accepts = parseField(numeric === 'L' ? '7' : numeric, 1, 7);
  return accepts && ((day) => accepts(day.getUTCDay() + 1));
}

function daysInMonth(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

function nearestWeekday(day: Date, wanted: number): number {
  const last = daysInMonth(day);
  const date = Math.min(wanted, last);
  const weekDay = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (weekDay === 6) return date === 1 ? 3 : date - 1;
  if (weekDay === 0) return date === last ? date - 2 : date + 1;
  return date;
}
