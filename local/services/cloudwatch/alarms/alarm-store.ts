/** Owns the alarms, their history, the rules that mute them, and the actions that are under way; each is told to the journal as it changes. */
import { DurableMap } from '../../../kernel/durable-map';
import type { Journal } from '../../../kernel/journal';
import type { Alarm, HistoryItem, MuteRule, PendingAction } from '../model';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html: 30 days. */
const HISTORY_MS = 30 * 86_400_000;
const HISTORY_LIMIT = 20_000;

/** The state of all alarms. */
export class AlarmStore {
  readonly muteRules: DurableMap<MuteRule>;
  /** What is to be done for an alarm, by a number that grows. */
  readonly pendingActions: DurableMap<PendingAction>;
  private readonly alarms: DurableMap<Alarm>;
  private readonly history: DurableMap<HistoryItem>;
  private nextNumber = 0;

  constructor(journal: Journal) {
    this.alarms = new DurableMap(journal, 'cloudwatch.alarms');
    this.history = new DurableMap(journal, 'cloudwatch.alarmHistory');
    this.muteRules = new DurableMap(journal, 'cloudwatch.muteRules');
    this.pendingActions = new DurableMap(journal, 'cloudwatch.alarmActions');
    for (const key of [...this.history.keys(), ...this.pendingActions.keys()]) {
      this.nextNumber = Math.max(this.nextNumber, Number(key) + 1);
    }
  }

  alarm(name: string): Alarm | undefined {
    return this.alarms.get(name);
  }

  /** The alarm of a name or an ARN. */
  byNameOrArn(reference: string): Alarm | undefined {
    return this.alarms.get(reference) ?? this.alarms.get(reference.split(':').slice(6).join(':'));
  }

  putAlarm(alarm: Alarm): void {
    this.alarms.set(alarm.AlarmName, alarm);
  }

  removeAlarm(name: string): void {
    this.alarms.delete(name);
  }

  /** Alarms in order of their names. */
  listAlarms(): Alarm[] {
    return [...this.alarms.values()].sort((a, b) => (a.AlarmName < b.AlarmName ? -1 : 1));
  }

  addHistory(item: HistoryItem): void {
    this.history.set(this.newKey(), item);
    for (const [key, { atMs }] of this.history) {
      if (this.history.size <= HISTORY_LIMIT && atMs >= item.atMs - HISTORY_MS) break;
      this.history.delete(key);
    }
  }

  /** What happened, the oldest first. */
  listHistory(): HistoryItem[] {
    return [...this.history.values()];
  }

  /** A key that sorts after all before it. */
  newKey(): string {
    return String(this.nextNumber++).padStart(12, '0');
  }
}
