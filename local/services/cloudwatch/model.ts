/** Values of one metric in one interval, aggregated: no single value is kept. */
export interface Bucket {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Number of values by class of magnitude; see histogram.ts. */
  readonly histogram: Record<number, number>;
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

/** The state of an alarm: what SetAlarmState set last. */
export interface AlarmState {
  readonly value: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly reason: string;
  readonly reasonData?: string;
  readonly updatedMs: number;
}

/** An alarm as its resource describes it. It is kept, not evaluated. */
export interface Alarm {
  readonly AlarmName: string;
  readonly AlarmArn: string;
  readonly kind: 'metric' | 'composite';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly updatedMs: number;
  /** Absent until it is set by hand. */
  readonly state?: AlarmState;
}

/** A dashboard: its body is kept as it is. */
export interface Dashboard {
  readonly DashboardName: string;
  readonly DashboardArn: string;
  readonly DashboardBody: string;
  readonly updatedMs: number;
}
