/**
 * Owns when a mute rule mutes: its windows, in its time zone.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
import { parseCron } from '../../../time/cron';
import { TimeZone } from '../../../time/time-zone';
import { validationError } from '../faults';
import type { MuteRule } from '../model';

/** A window: from its start up to its end, in milliseconds. */
export interface MuteWindow {
  readonly startMs: number;
  readonly endMs: number;
}

type Schedule = Pick<MuteRule, 'expression' | 'duration' | 'timezone'>;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LONGEST_MS = 15 * DAY_MS;

/** The window that a moment lies in, if any. */
export function windowAt(rule: MuteRule, nowMs: number): MuteWindow | undefined {
  if (rule.startMs !== undefined && nowMs < rule.startMs) return undefined;
  if (rule.expireMs !== undefined && nowMs >= rule.expireMs) return undefined;
  const zone = zoneOf(rule);
  const durationMs = readDuration(rule.duration);
  const startWallMs = startsOf(rule)(zone.wallAt(nowMs) - durationMs);
  if (startWallMs === undefined) return undefined;
  const startMs = zone.momentOfOrAfter(startWallMs);
  const endMs = Math.min(startMs + durationMs, rule.expireMs ?? Number.POSITIVE_INFINITY);
  return startMs <= nowMs && nowMs < endMs ? { startMs, endMs } : undefined;
}

/** What the API calls the status of a rule. */
export function muteStatus(rule: MuteRule, nowMs: number): 'SCHEDULED' | 'ACTIVE' | 'EXPIRED' {
  if (windowAt(rule, nowMs)) return 'ACTIVE';
  if (rule.expireMs !== undefined && nowMs >= rule.expireMs) return 'EXPIRED';
  const wallMs = zoneOf(rule).wallAt(nowMs) - readDuration(rule.duration);
  return startsOf(rule)(wallMs) === undefined ? 'EXPIRED' : 'SCHEDULED';
}

/** Whether a rule has one window or many. */
export function muteType({ expression }: Schedule): 'ONE_TIME' | 'RECURRING' {
  return expression.startsWith('at(') ? 'ONE_TIME' : 'RECURRING';
}

/** Throws ValidationError for a schedule that CloudWatch does not take. */
export function checkSchedule(schedule: Schedule): void {
  startsOf(schedule);
  readDuration(schedule.duration);
  zoneOf(schedule);
}

/** The first start after a wall time. */
function startsOf({ expression }: Schedule): (afterWallMs: number) => number | undefined {
  const at = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)\)$/.exec(expression)?.[1];
  if (at !== undefined) {
    const wallMs = Date.parse(`${at}Z`);
    if (Number.isFinite(wallMs)) return (afterWallMs) => (wallMs > afterWallMs ? wallMs : undefined);
  }
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  const times = fields?.length === 5 ? parseCron(sixFields(fields)) : undefined;
  if (!times) throw validationError(`The schedule expression ${expression} is not valid.`);
  return times;
}

/** These expressions have five fields and no `?`; days of the week in numbers count from Sunday, 0. */
function sixFields([minute, hour, day, month, weekDay]: string[]): string {
  const week = weekDay!.replace(/\d/g, (digit) => String((Number(digit) % 7) + 1));
  return week === '*'
    ? `${minute} ${hour} ${day} ${month} ? *`
    : `${minute} ${hour} ${day === '*' ? '?' : day} ${month} ${week} *`;
}

/** An ISO 8601 duration of days, hours and minutes, in milliseconds. */
function readDuration(duration: string): number {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration ?? '');
  const [days, hours, minutes] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
  const ms = parts ? days! * DAY_MS + hours! * 60 * MINUTE_MS + minutes! * MINUTE_MS : 0;
  if (ms < MINUTE_MS || ms > LONGEST_MS) {
    throw validationError(`The duration ${duration} must be between PT1M and P15D.`);
  }
  return ms;
}

function zoneOf({ timezone = 'UTC' }: Schedule): TimeZone {
  try {
    return new TimeZone(timezone);
  } catch {
    throw validationError(`The time zone ${timezone} is not known.`);
  }
}
