/**
 * Types of what Step Functions keeps. Everything is plain JSON data; times are milliseconds since the epoch. Records are
 * read-only to all but the stores, so that no change of state goes past them.
 */
import type { Command, ExecutionState, ExecutionStatus, HistoryEvent, MapRunPlan } from '../../engine/contract';

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

/** A data key, itself encrypted by KMS in base64, with the encryption context that belongs to it. */
export interface DataKey {
  readonly ciphertext: string;
  readonly context: Readonly<Record<string, string>>;
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
  /** Of the definition, with a customer managed key. */
  readonly dataKey?: DataKey;
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
  readonly description?: string;
  readonly routes: readonly Route[];
  readonly creationDate: number;
  readonly updateDate: number;
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
  readonly revisionKey: string;
  readonly lastVersion: number;
  readonly versions: readonly VersionRecord[];
  readonly aliases: readonly AliasRecord[];
  readonly tags: readonly Tag[];
  /** ARNs in the order of their start. Only Standard executions are kept. */
  readonly executions: readonly string[];
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
  readonly startDate: number;
  readonly status: ExecutionStatus;
  readonly stopDate?: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount?: number;
  readonly redriveDate?: number;
  /** Of Standard executions, append-only. */
  readonly events: readonly HistoryEvent[];
  readonly state?: ExecutionState;
  /** Of its data, with a customer managed key. */
  readonly dataKey?: DataKey;
  /** Of StartSyncExecution. */
  readonly isSynchronous?: boolean;
}

/** An activity that workers poll. */
export interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  readonly creationDate: number;
  readonly encryption?: EncryptionConfiguration;
  readonly tags: readonly Tag[];
  /** Tasks that no worker has taken yet, oldest first. */
  readonly waiting: readonly WaitingTask[];
}

/** A task of an activity that waits for a worker. */
export interface WaitingTask {
  readonly executionArn: string;
  readonly taskId: string;
  readonly input: string;
  /** Of its input, with a customer managed key of the activity. */
  readonly dataKey?: DataKey;
}

/** A task that was begun and has not ended, as the next process finds it. */
export interface TaskUnderWay {
  /** With its parameters when the call can be made again. */
  readonly command: Extract<Command, { kind: 'runTask' }>;
  /** The answer of the call, as JSON text: the job or the callback is what is awaited. */
  readonly submitted?: string;
}

/** How a Map Run is carried out. */
export interface MapRunOrder {
  readonly plan: MapRunPlan;
  readonly childRevisionKey: string;
}

/** A child of a Map Run. */
export interface MapRunChild {
  readonly executionArn: string;
  readonly items: number;
  readonly outcome: 'running' | 'succeeded' | 'failed' | 'timedOut' | 'aborted' | 'pendingRedrive';
  /** An Express child, which is kept nowhere else once it has ended; until the run has succeeded. */
  readonly express?: ExecutionRecord;
}

/** The children of one distributed Map state. */
export interface MapRunRecord {
  readonly arn: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly maxConcurrency: number;
  readonly toleratedFailurePercentage: number;
  readonly toleratedFailureCount: number;
  readonly itemCounts: MapRunCounts;
  readonly executionCounts: MapRunCounts;
  readonly redriveCount: number;
  readonly redriveDate?: number;
  /** In the order of their items. */
  readonly children: readonly MapRunChild[];
}

/** As DescribeMapRun gives them. */
export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  readonly resultsWritten: number;
  readonly failuresNotRedrivable: number;
  readonly pendingRedrive: number;
}
