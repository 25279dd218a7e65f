/**
 * Owns the schedule expressions of rules: `rate(5 minutes)` and `cron(0 12 * * ? *)`, in UTC. Pure.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
import { parseCron } from '../../time/cron';
import { nextBeat, parseRate } from '../../time/rate';
import { validation } from './faults';

/** Gives the first time after `afterMs` (milliseconds since the epoch), or undefined when there is none. */
export type Schedule = (afterMs: number, startMs: number) => number | undefined;

/** Throws ValidationException as AWS does. */
export function parseSchedule(expression: string): Schedule {
  const [, kind, content = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') {
    const times = parseCron(content);
    if (times) return times;
  }
  if (kind === 'rate') {
    const rate = parseRate(content);
    if (rate?.isUnitAgreeing) return (afterMs, startMs) => nextBeat(rate.periodMs, startMs, afterMs);
  }
  throw validation('Parameter ScheduleExpression is not valid.');
}
