/** Values of one metric in one interval, aggregated: no single value is kept. */
export interface Bucket {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Number of values by class of magnitude, once there are two values; see histogram.ts. */
  histogram?: Record<number, number>;
}

/** One metric: a name with its dimensions, and its buckets by start in seconds since the epoch. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  unit: string;
  lastUpdateMs: number;
  /** Only values published with a StorageResolution of 1; three hours. */
  readonly seconds: Map<number, Bucket>;
  /** Twenty-six hours. */
  readonly minutes: Map<number, Bucket>;
  /** What minutes were merged into; 63 days. */
  readonly hours: Map<number, Bucket>;
}

/** A metric without its values. */
export type MetricHead = Pick<Metric, 'namespace' | 'name' | 'dimensions' | 'unit' | 'lastUpdateMs'>;

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** The state of an alarm. */
export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON. */
  readonly reasonData?: string;
  readonly updatedMs: number;
  /** When the value changed last. */
  readonly transitionedMs: number;
  /** Of a composite alarm: why its actions are held back. */
  readonly suppressedBy?: SuppressedBy;
}

export type SuppressedBy = 'Alarm' | 'WaitPeriod' | 'ExtensionPeriod';

/** An alarm as the API describes it. */
export interface Alarm {
  readonly AlarmName: string;
  readonly AlarmArn: string;
  readonly kind: 'metric' | 'composite';
  readonly properties: Readonly<Record<string, any>>;
  readonly updatedMs: number;
  readonly state: AlarmState;
  readonly tags?: Readonly<Record<string, string>>;
  /** Of a composite alarm whose actions are held back. */
  readonly heldBack?: HeldBack;
}

/** Actions that wait for an alarm that suppresses them. */
export interface HeldBack {
  /** The state in which the alarm was when its actions were last carried out. */
  readonly actedIn: AlarmState;
  /** When they are carried out unless something comes between; absent while the suppressor is in ALARM. */
  readonly untilMs?: number;
}

/** What happened to an alarm. */
export interface HistoryItem {
  readonly AlarmName: string;
  readonly AlarmType: 'MetricAlarm' | 'CompositeAlarm';
  readonly atMs: number;
  readonly HistoryItemType: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly HistorySummary: string;
  /** JSON. */
  readonly HistoryData: string;
}

/** An action that has not been carried out. */
export interface PendingAction {
  readonly actionArn: string;
  /** The alarm as it was when it changed. */
  readonly alarm: Alarm;
  readonly previous: AlarmState;
}

/** A rule that mutes the actions of alarms while its windows last. */
export interface MuteRule {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly expression: string;
  readonly duration: string;
  readonly timezone?: string;
  readonly alarmNames: readonly string[];
  readonly startMs?: number;
  readonly expireMs?: number;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** Actions that were muted, by alarm: the state in which each was when its actions were last carried out. */
  readonly muted: Readonly<Record<string, AlarmState>>;
}

/** A dashboard: its body is kept as it is. */
export interface Dashboard {
  readonly DashboardName: string;
  readonly DashboardArn: string;
  readonly DashboardBody: string;
  readonly updatedMs: number;
}
