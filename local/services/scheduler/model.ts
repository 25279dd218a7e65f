/** What a schedule calls. Members as in the API. */
export interface Target {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly RetryPolicy?: { readonly MaximumEventAgeInSeconds?: number; readonly MaximumRetryAttempts?: number };
  readonly SqsParameters?: { readonly MessageGroupId?: string };
  readonly EventBridgeParameters?: { readonly DetailType: string; readonly Source: string };
}

/** Whether an invocation may come later than scheduled, and by how much. */
export interface FlexibleTimeWindow {
  readonly Mode: 'OFF' | 'FLEXIBLE';
  readonly MaximumWindowInMinutes?: number;
}

/** All that a request says of a schedule. Times are milliseconds since the epoch. */
export interface ScheduleDefinition {
  readonly expression: string;
  readonly timeZone: string;
  readonly startAtMs?: number;
  readonly endAtMs?: number;
  readonly description?: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly window: FlexibleTimeWindow;
  readonly target: Target;
  readonly actionAfterCompletion: 'NONE' | 'DELETE';
  readonly kmsKeyArn?: string;
}

/** A schedule, as plain data. */
export interface Schedule {
  readonly name: string;
  readonly groupName: string;
  readonly arn: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  definition: ScheduleDefinition;
  /** The time that the schedule names next; the invocation may be due later, within the flexible window. */
  nextScheduledAtMs?: number;
}

/** A group of schedules, as plain data. */
export interface ScheduleGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  tags: Record<string, string>;
}

/** One invocation of a target on its way, with all its attempts. */
export interface Invocation {
  readonly executionId: string;
  readonly scheduleName: string;
  readonly scheduleArn: string;
  readonly groupName: string;
  readonly target: Target;
  readonly scheduledAtMs: number;
  readonly startedAtMs: number;
  /** Attempts that have begun. */
  attempts: number;
  /** Set when the schedule goes once this invocation has ended: the schedule's creation, to know it again. */
  readonly deletesScheduleOfMs?: number;
}
