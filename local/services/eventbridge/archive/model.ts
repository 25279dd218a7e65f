import type { Event } from '../model';

/** An archive of a bus, as plain data. */
export interface Archive {
  readonly name: string;
  readonly arn: string;
  readonly busArn: string;
  readonly createdAtMs: number;
  readonly description?: string;
  readonly eventPattern?: string;
  /** 0 keeps events for ever. */
  readonly retentionDays: number;
}

/** An event that an archive holds. */
export interface ArchivedEvent {
  /** Known to this store alone. */
  readonly id: string;
  readonly archiveName: string;
  readonly event: Event;
  readonly archivedAtMs: number;
}

export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** A replay, as plain data; times are milliseconds since the epoch. */
export interface Replay {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly archiveArn: string;
  readonly destination: { readonly Arn: string; readonly FilterArns?: readonly string[] };
  readonly fromMs: number;
  /** Events of this moment and later are left out. */
  readonly untilMs: number;
  readonly startedAtMs: number;
  readonly state: ReplayState;
  readonly stateReason?: string;
  /** All events before this moment have been replayed. */
  readonly nextMs: number;
  readonly lastReplayedMs?: number;
  readonly endedAtMs?: number;
}
