/**
 * Owns when a schedule is due: `at(…)`, `rate(…)` and `cron(…)` in a time zone, between start and end. Pure.
 * A time that daylight saving skips is left out, one that it repeats counts once; a rate goes on by the clock of the
 * world. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
import { parseCron } from '../../time/cron';
import { nextBeat, parseRate } from '../../time/rate';
import { TimeZone } from '../../time/time-zone';
import { validation } from './faults';
import type { ScheduleDefinition } from './model';

/** Gives the first time after `afterMs`, or undefined when there is none. */
export type Occurrences = (afterMs: number) => number | undefined;

/** Throws ValidationException for an expression or a time zone that is none. `baseMs` begins a rate that names no start. */
export function occurrencesOf(definition: ScheduleDefinition, baseMs: number): Occurrences {
  const { expression, startAtMs, endAtMs } = definition;
  const zone = zoneOf(definition.timeZone);
  const [, kind, content = ''] = /^(at|rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const refused = () => validation(`Invalid Schedule Expression ${expression}.`);
  if (kind === 'at') {
    const wallMs = readWallTime(content);
    if (wallMs === undefined) throw refused();
    const atMs = zone.momentOfOrAfter(wallMs);
    return (afterMs) => (atMs > afterMs ? atMs : undefined);
  }
  const recurring = kind === 'rate' ? rateTimes(content, startAtMs ?? baseMs) : cronTimes(content, zone);
  if (kind === undefined || !recurring) throw refused();
  return (afterMs) => {
    const ms = recurring(startAtMs === undefined ? afterMs : Math.max(afterMs, startAtMs - 1));
    return ms !== undefined && endAtMs !== undefined && ms > endAtMs ? undefined : ms;
  };
}

function zoneOf(name: string): TimeZone {
  try {
    return new TimeZone(name);
  } catch {
    throw validation(`Invalid Schedule Expression Timezone ${name}.`);
  }
}

/** `yyyy-mm-ddThh:mm:ss`; undefined for another form, or a day that no calendar has. */
function readWallTime(content: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(content)) return undefined;
  const ms = Date.parse(`${content}Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== content ? undefined : ms;
}

function rateTimes(content: string, startMs: number): Occurrences | undefined {
  const rate = parseRate(content);
  return rate && ((afterMs) => nextBeat(rate.periodMs, startMs, afterMs));
}

function cronTimes(content: string, zone: TimeZone): Occurrences | undefined {
  const times = parseCron(content);
  if (!times) return undefined;
  return (afterMs) => {
    let wallMs = times(zone.wallAt(afterMs));
    while (wallMs !== undefined) {
      const ms = zone.momentOf(wallMs);
      if (ms !== undefined && ms > afterMs) return ms;
      wallMs = times(wallMs);
    }
    return undefined;
  };
}
