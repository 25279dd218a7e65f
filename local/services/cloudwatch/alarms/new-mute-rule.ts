import { TimeZone } from '../../../time/time-zone';
import { muteRuleArn, readTags, readTime } from '../api-values';
import type { CloudWatchParts } from '../cloudwatch-parts';
import { missingParameter, validationError } from '../faults';
import type { MuteRule } from '../model';
import { checkSchedule } from './mute-window';

/** A mute rule as the API and CloudFormation take it. */
export interface MuteRuleInput {
  readonly Name?: string;
  readonly Description?: string;
  readonly Rule?: { readonly Schedule?: { Expression?: string; Duration?: string; Timezone?: string } };
  readonly MuteTargets?: { readonly AlarmNames?: string[] };
  readonly StartDate?: unknown;
  readonly ExpireDate?: unknown;
  readonly Tags?: { Key: string; Value: string }[];
}

const MOST_TARGETS = 100;

/** A rule with the name of `input`. Throws ValidationError, MissingParameter. */
export function newMuteRule({ host, alarms }: CloudWatchParts, input: MuteRuleInput): MuteRule {
  const { Name, Rule, MuteTargets, StartDate, ExpireDate } = input;
  if (!Name) throw missingParameter('Name');
  if (Name.length > 255) throw validationError('The name of a mute rule must have between 1 and 255 characters.');
  const { Expression, Duration, Timezone } = Rule?.Schedule ?? {};
  if (!Expression) throw missingParameter('Rule.Schedule.Expression');
  if (!Duration) throw missingParameter('Rule.Schedule.Duration');
  const schedule = { expression: Expression, duration: Duration, timezone: Timezone };
  checkSchedule(schedule);
  const alarmNames = MuteTargets?.AlarmNames ?? [];
  if (alarmNames.length > MOST_TARGETS) throw validationError(`A mute rule has at most ${MOST_TARGETS} targets.`);
  const before = alarms.store.muteRules.get(Name);
  const nowMs = host.kernel.clock.now();
  return {
    name: Name,
    arn: muteRuleArn(host, Name),
    description: input.Description,
    ...schedule,
    alarmNames,
    startMs: StartDate === undefined ? undefined : momentOf('StartDate', StartDate, Timezone),
    expireMs: ExpireDate === undefined ? undefined : momentOf('ExpireDate', ExpireDate, Timezone),
    createdMs: before?.createdMs ?? nowMs,
    updatedMs: nowMs,
    tags: before?.tags ?? readTags(input.Tags),
    muted: {},
  };
}

/** A text without an offset, as CloudFormation has it, is a time of the schedule's zone. */
function momentOf(name: string, value: unknown, timezone = 'UTC'): number {
  if (typeof value !== 'string' || /(?:Z|[-+]\d\d:?\d\d)$/.test(value)) return readTime(name, value);
  return new TimeZone(timezone).momentOfOrAfter(readTime(name, `${value}Z`));
}
