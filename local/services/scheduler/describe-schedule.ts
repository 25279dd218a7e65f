import type { Schedule, ScheduleGroup } from './model';

/** Timestamps of the API: seconds since the epoch. */
export function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

/** A schedule as GetSchedule answers it. */
export function describeSchedule({ definition, ...schedule }: Schedule) {
  return {
    Arn: schedule.arn,
    GroupName: schedule.groupName,
    Name: schedule.name,
    ScheduleExpression: definition.expression,
    ScheduleExpressionTimezone: definition.timeZone,
    StartDate: seconds(definition.startAtMs),
    EndDate: seconds(definition.endAtMs),
    Description: definition.description,
    State: definition.state,
    CreationDate: seconds(schedule.createdAtMs),
    LastModificationDate: seconds(schedule.modifiedAtMs),
    KmsKeyArn: definition.kmsKeyArn,
    Target: {
      ...definition.target,
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185, ...definition.target.RetryPolicy },
    },
    FlexibleTimeWindow: definition.window,
    ActionAfterCompletion: definition.actionAfterCompletion,
  };
}

/** A schedule as ListSchedules answers it. */
export function summarizeSchedule({ definition, ...schedule }: Schedule) {
  return {
    Arn: schedule.arn,
    Name: schedule.name,
    GroupName: schedule.groupName,
    State: definition.state,
    CreationDate: seconds(schedule.createdAtMs),
    LastModificationDate: seconds(schedule.modifiedAtMs),
    Target: { Arn: definition.target.Arn },
  };
}

/** A group as GetScheduleGroup and ListScheduleGroups answer it. */
export function describeGroup({ arn, name, createdAtMs, modifiedAtMs }: ScheduleGroup) {
  return {
    Arn: arn,
    Name: name,
    State: 'ACTIVE',
    CreationDate: seconds(createdAtMs),
    LastModificationDate: seconds(modifiedAtMs),
  };
}
