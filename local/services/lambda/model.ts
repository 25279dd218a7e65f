/**
 * The code of a function: a folder that the CDK staged, source given in the template (`ZipFile`), or a ZIP file that the store
 * keeps under its hash.
 */
export type FunctionCode =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'inline'; readonly source: string }
  | { readonly kind: 'zip'; readonly sha256: string };

/** How a function's log lines look and where they go. */
export interface LoggingConfig {
  readonly LogFormat: 'Text' | 'JSON';
  readonly LogGroup: string;
  /** Only with LogFormat JSON. */
  readonly ApplicationLogLevel?: LogLevel;
  /** Only with LogFormat JSON. */
  readonly SystemLogLevel?: 'DEBUG' | 'INFO' | 'WARN';
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** One version of a function; `$LATEST` or a published number. Members in AWS's capitals have the shapes of the API. */
export interface FunctionVersion {
  readonly FunctionName: string;
  /** Unqualified ARN. */
  readonly FunctionArn: string;
  readonly Version: string;
  readonly Role: string;
  readonly Handler: string;
  readonly Runtime: string;
  /** Seconds, 1 to 900. */
  readonly Timeout: number;
  /** MB, 128 to 10,240. */
  readonly MemorySize: number;
  readonly Description: string;
  readonly Environment: Readonly<Record<string, string>>;
  readonly Architectures: readonly string[];
  readonly EphemeralStorageSize: number;
  readonly TracingMode: 'Active' | 'PassThrough';
  readonly DeadLetterTargetArn?: string;
  readonly LoggingConfig: LoggingConfig;
  readonly Code: FunctionCode;
  readonly CodeSha256: string;
  readonly CodeSize: number;
  readonly LastModifiedMs: number;
  /** Changes with every update: a warm worker of another revision is not used again. */
  readonly RevisionId: string;
}

/** A name for a version, possibly sharing its traffic with a second one. */
export interface FunctionAlias {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  /** Weight (0 to 1) of one additional version. */
  readonly AdditionalVersionWeights: Readonly<Record<string, number>>;
  readonly RevisionId: string;
}

/** A statement of a function's resource policy. */
export interface PermissionStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | { readonly Service?: string; readonly AWS?: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Record<string, Record<string, string>>;
}

/** What happens to an asynchronous invocation. */
export interface EventInvokeConfig {
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly OnSuccess?: string;
  readonly OnFailure?: string;
  readonly LastModifiedMs: number;
}

/** A function with its versions, aliases and what hangs on them. */
export interface LambdaFunction {
  latest: FunctionVersion;
  /** By number. */
  readonly versions: Map<string, FunctionVersion>;
  /** By name. */
  readonly aliases: Map<string, FunctionAlias>;
  lastPublished: number;
  tags: Record<string, string>;
  /** By qualifier; the empty one for the function itself. */
  readonly policies: Map<string, PermissionStatement[]>;
  /** By qualifier (`$LATEST` for the unqualified function). */
  readonly eventInvokeConfigs: Map<string, EventInvokeConfig>;
  reservedConcurrency?: number;
}

/** An asynchronous invocation that is waiting for its turn or its retry. */
export interface AsyncInvocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly qualifier?: string;
  readonly payload: string;
  /** The `X-Amzn-Trace-Id` of the caller. */
  readonly traceHeader?: string;
  readonly acceptedAtMs: number;
  /** Invocations that reached the function so far. */
  invokeCount: number;
  /** Times it was turned away by a concurrency limit. */
  throttleCount: number;
  nextAtMs: number;
}

/** An event source mapping, in the shape of the API with times in milliseconds. */
export interface EventSourceMapping {
  readonly UUID: string;
  readonly EventSourceArn: string;
  functionName: string;
  qualifier?: string;
  Enabled: boolean;
  BatchSize: number;
  MaximumBatchingWindowInSeconds: number;
  /** JSON event patterns; a record passes when one matches. */
  filters: string[];
  ReportBatchItemFailures: boolean;
  MaximumConcurrency?: number;
  OnFailure?: string;
  StartingPosition?: 'TRIM_HORIZON' | 'LATEST';
  BisectBatchOnFunctionError: boolean;
  /** -1: until the record expires. */
  MaximumRetryAttempts: number;
  /** -1: until the record expires. */
  MaximumRecordAgeInSeconds: number;
  ParallelizationFactor: number;
  LastModifiedMs: number;
  LastProcessingResult: string;
  /** Sequence number of the last stream record that is done with, by shard. */
  checkpoints: Record<string, string>;
}
