/** Owns what a request may say of a schedule, and its defaults. Refusals are AWS's ValidationException. */
import { integerBetween, lengthBetween, oneOf, required } from './constraints';
import { constraint, validation } from './faults';
import type { FlexibleTimeWindow, ScheduleDefinition, Target } from './model';
import { occurrencesOf } from './occurrences';
import { checkTarget } from './target-check';

/** The input of CreateSchedule and UpdateSchedule. Dates are seconds since the epoch on the wire, texts in templates. */
export interface ScheduleRequest {
  readonly Name?: string;
  readonly GroupName?: string;
  readonly ScheduleExpression?: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly StartDate?: number | string | Date;
  readonly EndDate?: number | string | Date;
  readonly Description?: string;
  readonly State?: string;
  readonly FlexibleTimeWindow?: FlexibleTimeWindow;
  readonly Target?: Target;
  readonly ActionAfterCompletion?: string;
  readonly KmsKeyArn?: string;
  readonly ClientToken?: string;
}

/** How far in the past a start may lie. */
const PAST_START_MS = 5 * 60_000;

/** Checks a request and fills in the defaults. */
export function readDefinition(request: ScheduleRequest, nowMs: number): ScheduleDefinition {
  const { ScheduleExpression: expression, ScheduleExpressionTimezone: timeZone = 'UTC', Target: target } = request;
  required('scheduleExpression', expression);
  lengthBetween('scheduleExpression', expression, 1, 256);
  lengthBetween('scheduleExpressionTimezone', timeZone, 1, 50);
  lengthBetween('description', request.Description, 0, 512);
  oneOf('state', request.State, ['ENABLED', 'DISABLED']);
  oneOf('actionAfterCompletion', request.ActionAfterCompletion, ['NONE', 'DELETE']);
  checkTarget(target);
  const definition: ScheduleDefinition = {
    expression: expression!,
    timeZone,
    startAtMs: readDate('startDate', request.StartDate),
    endAtMs: readDate('endDate', request.EndDate),
    description: request.Description,
    state: (request.State ?? 'ENABLED') as ScheduleDefinition['state'],
    window: readWindow(request.FlexibleTimeWindow),
    target,
    actionAfterCompletion: (request.ActionAfterCompletion ?? 'NONE') as ScheduleDefinition['actionAfterCompletion'],
    kmsKeyArn: request.KmsKeyArn,
  };
  occurrencesOf(definition, nowMs);
  if (!definition.expression.startsWith('at(')) checkBounds(definition, nowMs);
  return definition;
}

/** One-time schedules ignore start and end. */
function checkBounds({ startAtMs, endAtMs }: ScheduleDefinition, nowMs: number): void {
  if (startAtMs !== undefined && startAtMs < nowMs - PAST_START_MS) {
    throw validation('The StartDate you specify cannot be earlier than 5 minutes ago.');
  }
  if (endAtMs === undefined) return;
  if (endAtMs <= (startAtMs ?? nowMs)) {
    throw validation('The EndDate you specify must come after the StartDate and lie in the future.');
  }
}

function readWindow(window: FlexibleTimeWindow | undefined): FlexibleTimeWindow {
  required('flexibleTimeWindow', window);
  const { Mode, MaximumWindowInMinutes } = window!;
  required('flexibleTimeWindow.mode', Mode);
  oneOf('flexibleTimeWindow.mode', Mode, ['OFF', 'FLEXIBLE']);
  integerBetween('flexibleTimeWindow.maximumWindowInMinutes', MaximumWindowInMinutes, 1, 1440);
  if (Mode === 'FLEXIBLE' && MaximumWindowInMinutes === undefined) {
    throw validation('MaximumWindowInMinutes must be specified when the mode of the flexible time window is FLEXIBLE.');
  }
  if (Mode === 'OFF' && MaximumWindowInMinutes !== undefined) {
    throw validation('MaximumWindowInMinutes cannot be specified when the mode of the flexible time window is OFF.');
  }
  return { Mode, MaximumWindowInMinutes };
}

function readDate(member: string, value: number | string | Date | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = typeof value === 'number' ? value * 1000 : new Date(value).getTime();
  if (Number.isNaN(ms)) throw constraint(member, value, 'be a timestamp');
  return ms;
}
