/** Types of what Step Functions keeps. Everything is plain JSON data; times are milliseconds since the epoch. */
import type { ExecutionState, ExecutionStatus, HistoryEvent } from '../../engine/contract';

export type MachineType = 'STANDARD' | 'EXPRESS';
export type LogLevel = 'ALL' | 'ERROR' | 'FATAL' | 'OFF';

/** As CreateStateMachine takes it. */
export interface LoggingConfiguration {
  level?: LogLevel;
  includeExecutionData?: boolean;
  destinations?: { cloudWatchLogsLogGroup?: { logGroupArn?: string } }[];
}

/** As CreateStateMachine and CreateActivity take it. */
export interface EncryptionConfiguration {
  type: string;
  kmsKeyId?: string;
  kmsDataKeyReusePeriodSeconds?: number;
}

/** The part of a state machine that UpdateStateMachine changes and a version freezes. Immutable. */
export interface Revision {
  /** Known to this store alone; executions name their revision by it. */
  readonly key: string;
  /** Absent for the revision that CreateStateMachine made. */
  readonly revisionId?: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly logging: LoggingConfiguration;
  readonly tracing: { enabled: boolean };
  readonly encryption?: EncryptionConfiguration;
  readonly date: number;
}

/** A published version; its revision never changes. */
export interface VersionRecord {
  readonly arn: string;
  readonly number: number;
  readonly revisionKey: string;
  readonly description?: string;
  readonly creationDate: number;
}

/** One target of an alias. */
export interface Route {
  stateMachineVersionArn: string;
  weight: number;
}

/** An alias of a state machine. */
export interface AliasRecord {
  readonly arn: string;
  readonly name: string;
  description?: string;
  routes: Route[];
  readonly creationDate: number;
  updateDate: number;
}

/** A key and a value, as TagResource takes them. */
export interface Tag {
  key: string;
  value: string;
}

/** A state machine with its versions and aliases. */
export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly creationDate: number;
  revisionKey: string;
  lastVersion: number;
  versions: VersionRecord[];
  aliases: AliasRecord[];
  tags: Tag[];
  /** ARNs in the order of their start. Only Standard executions are kept. */
  executions: string[];
}

/** An execution; `state` is there while it runs, and afterwards while it can be redriven. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly machineArn: string;
  readonly revisionKey: string;
  readonly versionArn?: string;
  readonly aliasArn?: string;
  readonly mapRunArn?: string;
  readonly traceHeader?: string;
  readonly input: string;
  /** Changes only when a redriven Map Run begins an Express child anew. */
  startDate: number;
  status: ExecutionStatus;
  stopDate?: number;
  output?: string;
  error?: string;
  cause?: string;
  redriveCount?: number;
  redriveDate?: number;
  /** Of Standard executions, append-only. */
  events: HistoryEvent[];
  state?: ExecutionState;
}

/** An activity that workers poll. */
export interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  readonly creationDate: number;
  readonly encryption?: EncryptionConfiguration;
  tags: Tag[];
  /** Tasks that no worker has taken yet, oldest first. */
  waiting: WaitingTask[];
}

/** A task of an activity that waits for a worker. */
export interface WaitingTask {
  readonly executionArn: string;
  readonly taskId: string;
  readonly input: string;
}

/** A child of a Map Run. */
export interface MapRunChild {
  readonly executionArn: string;
  readonly items: number;
  outcome: 'running' | 'succeeded' | 'failed' | 'timedOut' | 'aborted' | 'pendingRedrive';
  /** An Express child, which is kept nowhere else once it has ended; until the run has succeeded. */
  express?: ExecutionRecord;
}

/** The children of one distributed Map state. */
export interface MapRunRecord {
  readonly arn: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly startDate: number;
  stopDate?: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  maxConcurrency: number;
  toleratedFailurePercentage: number;
  toleratedFailureCount: number;
  itemCounts: MapRunCounts;
  executionCounts: MapRunCounts;
  redriveCount: number;
  redriveDate?: number;
  /** In the order of their items. */
  children: MapRunChild[];
}

/** As DescribeMapRun gives them. */
export interface MapRunCounts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  total: number;
  resultsWritten: number;
  failuresNotRedrivable: number;
  pendingRedrive: number;
}
