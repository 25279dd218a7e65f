/** A log event; times in milliseconds since the epoch. */
export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number;
  /** Grows with every event of the account: the order of ingestion, and the event's id. */
  readonly sequence: number;
  /** The record of the journal that holds it. */
  readonly record?: string;
}

/** The events that one request put, as the journal keeps them. */
export interface EventRecord {
  readonly groupName: string;
  readonly streamName: string;
  readonly events: readonly Omit<LogEvent, 'record'>[];
}

/** A log group without its streams, as the journal keeps it. */
export type GroupRecord = Omit<LogGroup, 'streams' | 'storedBytes'>;

/** A log stream without its events, as the journal keeps it. */
export interface StreamRecord {
  readonly groupName: string;
  readonly name: string;
  readonly creationTime: number;
}

/** A log stream with its events in order of timestamp, then of ingestion. */
export interface LogStream {
  readonly name: string;
  readonly creationTime: number;
  readonly events: LogEvent[];
  firstEventTimestamp?: number;
  lastEventTimestamp?: number;
  lastIngestionTime?: number;
  storedBytes: number;
}

/** Turns matching events into a metric. */
export interface MetricFilter {
  readonly filterName: string;
  readonly filterPattern: string;
  readonly metricNamespace: string;
  readonly metricName: string;
  /** A number, or a selector such as `$.latency`. */
  readonly metricValue: string;
  readonly defaultValue?: number;
  readonly unit?: string;
  readonly createdAtMs?: number;
  /** Dimension name to selector. */
  readonly dimensions?: Record<string, string>;
}

/** A log group. */
export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: number;
  readonly logGroupClass: 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';
  readonly streams: Map<string, LogStream>;
  readonly metricFilters: Map<string, MetricFilter>;
  retentionInDays?: number;
  kmsKeyId?: string;
  tags: Record<string, string>;
  storedBytes: number;
}
