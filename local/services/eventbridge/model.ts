/** An event as targets receive it. */
export interface Event {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
  /** Of an event that comes from an archive. */
  readonly 'replay-name'?: string;
}

/** A target of a rule, as the API has it. */
export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string };
  readonly SqsParameters?: { readonly MessageGroupId?: string };
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
}

/** A rule of a bus, as plain data. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  eventPattern?: string;
  scheduleExpression?: string;
  state: 'ENABLED' | 'DISABLED';
  description?: string;
  roleArn?: string;
  /** The archive that AWS's own rule feeds; nobody else may change such a rule. */
  readonly archiveName?: string;
  /** When the schedule began, or the rule was enabled last; milliseconds since the epoch. */
  scheduleStartMs?: number;
  /** By target id, in the order in which they were put. */
  targets: Record<string, Target>;
}

/** A bus, as plain data. */
export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  description?: string;
  policy?: { Version: string; Statement: Record<string, unknown>[] };
}

/** An event on its way to one target. */
export interface Delivery {
  readonly id: string;
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly busName: string;
  readonly target: Target;
  readonly event: Event;
  /** The `X-Amzn-Trace-Id` of whoever put the event: handed on beside it, never within. */
  readonly traceHeader?: string;
  readonly acceptedAtMs: number;
  /** Attempts made so far. */
  attempts: number;
}
